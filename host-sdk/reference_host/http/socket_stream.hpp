#pragma once
/// A connected socket, read and written without waiting, or with waiting for a moment.
///
/// Errors: as values; a lost peer reads as `closed`. Thread: one at a time.
#include <chrono>
#include <cstddef>
#include <string_view>

namespace crm::app {

class SocketStream {
 public:
  enum class Got { data, closed, nothing_yet };

  explicit SocketStream(int descriptor) : fd_(descriptor) {}

  Got receive(char* buffer, std::size_t size, std::size_t& got);
  /// Takes what was sent off `bytes`; what is left has to wait. False when the peer is gone.
  bool send(std::string_view& bytes);
  /// No more from us.
  void end_sending();
  /// How long receive_soon() waits.
  void set_moment(std::chrono::milliseconds moment);
  /// Like receive(), but waits for a moment, in the same system call.
  Got receive_soon(char* buffer, std::size_t size, std::size_t& got) { return receive(buffer, size, got, 0); }

 private:
  Got receive(char* buffer, std::size_t size, std::size_t& got, int flags);
  int fd_;
};

}  // namespace crm::app
