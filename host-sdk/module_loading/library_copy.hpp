#pragma once
/// The private copy of a library that this process opens.
///
/// Each process holds a lock on its copies. The kernel drops it when the process dies, however it dies, so the next
/// one tells leftovers from copies in use, also across containers that share the folder.
///
/// Thread: one at a time. Errors: exceptions that name the reason.
#include <string>

namespace crm::app {

class LibraryCopy {
 public:
  LibraryCopy() = default;
  /// Copies `file` into `folder`, which belongs to this process's user and to nobody else, and removes what dead
  /// processes left there. Written under another name and renamed, so that a half-written copy is never opened.
  LibraryCopy(const std::string& file, const std::string& folder);
  ~LibraryCopy() { remove(); }
  LibraryCopy(LibraryCopy&& other) noexcept;
  LibraryCopy& operator=(LibraryCopy&& other) noexcept;

  const std::string& path() const { return path_; }
  void remove() noexcept;

 private:
  std::string path_;
  int lock_ = -1;
};

}  // namespace crm::app
