#pragma once
/// A connected socket, read and written against deadlines.
///
/// Errors: as values; a lost peer reads as `closed`. Thread: one at a time.
#include <chrono>
#include <cstddef>
#include <string_view>

namespace crm::app {

class SocketStream {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Got { data, closed, timed_out };

  explicit SocketStream(int descriptor) : fd_(descriptor) {}

  /// Makes wait_first() return after `patience` of silence.
  void set_patience(std::chrono::milliseconds patience);
  /// Blocks in one system call until something comes.
  Got wait_first(char* buffer, std::size_t size, std::size_t& got);
  /// Blocks until `deadline` at most.
  Got receive(char* buffer, std::size_t size, std::size_t& got, Clock::time_point deadline);
  /// False when the peer is gone or does not take everything in time.
  bool send_all(std::string_view bytes, Clock::time_point deadline);
  /// No more from us; then swallows what still arrives, so that the peer reads our answer instead of a
  /// reset.
  void finish(Clock::time_point deadline);

 private:
  bool wait_for(short events, Clock::time_point deadline);
  int fd_;
};

}  // namespace crm::app
