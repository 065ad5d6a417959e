#include "reference_host/http/socket_stream.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <memory>

namespace crm::app {

void SocketStream::set_patience(std::chrono::milliseconds patience) {
  timeval value{};
  value.tv_sec = static_cast<decltype(value.tv_sec)>(patience.count() / 1000);
  value.tv_usec = static_cast<decltype(value.tv_usec)>(patience.count() % 1000 * 1000);
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &value, sizeof value);
}

SocketStream::Got SocketStream::wait_first(char* buffer, std::size_t size, std::size_t& got) {
  for (;;) {
    const ssize_t count = ::recv(fd_, buffer, size, 0);
    if (count > 0) {
      got = static_cast<std::size_t>(count);
      return Got::data;
    }
    if (count == 0) return Got::closed;
    if (errno == EINTR) continue;
    return errno == EAGAIN || errno == EWOULDBLOCK ? Got::timed_out : Got::closed;
  }
}

bool SocketStream::wait_for(short events, Clock::time_point deadline) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    pollfd one{fd_, events, 0};
    const int ready = ::poll(&one, 1, static_cast<int>(std::min<long>(left, 60'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

SocketStream::Got SocketStream::receive(char* buffer, std::size_t size, std::size_t& got, Clock::time_point deadline) {
  for (;;) {
    // Checked first: a peer that always has one more byte must not outrun the deadline.
    if (Clock::now() >= deadline) return Got::timed_out;
    const ssize_t count = ::recv(fd_, buffer, size, MSG_DONTWAIT);
    if (count > 0) {
      got = static_cast<std::size_t>(count);
      return Got::data;
    }
    if (count == 0) return Got::closed;
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return Got::closed;
    if (!wait_for(POLLIN, deadline)) return Got::timed_out;
  }
}

bool SocketStream::send_all(std::string_view bytes, Clock::time_point deadline) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return false;
    if (!wait_for(POLLOUT, deadline)) return false;
  }
  return true;
}

void SocketStream::finish(Clock::time_point deadline) {
  ::shutdown(fd_, SHUT_WR);
  constexpr std::size_t k_piece = 64 * 1024;
  const auto piece = std::make_unique<char[]>(k_piece);
  std::size_t got = 0;
  while (receive(piece.get(), k_piece, got, deadline) == Got::data) {
  }
}

}  // namespace crm::app
