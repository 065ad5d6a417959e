#pragma once
/// A connected, non-blocking socket, read and written without waiting.
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
  /// Whether something came within a moment.
  bool wait_a_moment(std::chrono::milliseconds moment);

 private:
  int fd_;
};

}  // namespace crm::app
