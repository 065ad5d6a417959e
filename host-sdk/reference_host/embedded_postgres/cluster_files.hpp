#pragma once
/// Where a private cluster's files lie, whose they are, and who holds the directory.
#include <sys/types.h>

#include <optional>
#include <string>

#include "crm/sdk/outcome.hpp"

namespace crm::app {

/// An flock(2) on a file; the kernel drops it when the process dies.
class FileLock {
 public:
  FileLock() = default;
  FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileLock& operator=(FileLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FileLock();
  /// Waits until the lock is free.
  static sdk::Outcome<FileLock> hold(const std::string& file, bool shared);
  /// Exchanges a shared lock for an exclusive one; false when somebody else holds it too.
  bool try_exclusive();

 private:
  int fd_ = -1;
};

struct ClusterFiles {
  std::string root;        ///< the instance's data directory
  std::string home;        ///< root/postgres, private to the server's user
  std::string data;        ///< home/data, made by initdb
  std::string log_file;    ///< home/server.log
  std::string socket_dir;  ///< home, or a private folder under /tmp when that path is too long or odd
  bool as_root = false;
  uid_t uid = 0;  ///< who runs the server
  gid_t gid = 0;

  /// Makes the folders with their owners and rights.
  static sdk::Outcome<ClusterFiles> prepare(const std::string& root);

  bool is_made() const;  ///< initdb finished here
  /// The process of postmaster.pid when it really is this cluster's running server.
  std::optional<pid_t> running_server() const;
  /// Removes lock files (postmaster.pid, the socket's) that name a zombie or a stranger, unless some
  /// process still works inside the data directory. True when nothing is in the way of a start.
  bool clear_stale_locks() const;
  std::string start_lock() const { return root + "/postgres.start.lock"; }
  std::string presence_lock() const { return root + "/postgres.hosts.lock"; }
};

/// Replaces `file` in one step.
sdk::Done write_file(const std::string& file, const std::string& text, mode_t mode);

}  // namespace crm::app
