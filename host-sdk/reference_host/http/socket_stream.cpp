#include "reference_host/http/socket_stream.hpp"

#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>

namespace crm::app {

SocketStream::Got SocketStream::receive(char* buffer, std::size_t size, std::size_t& got) {
  return receive(buffer, size, got, MSG_DONTWAIT);
}

SocketStream::Got SocketStream::receive(char* buffer, std::size_t size, std::size_t& got, int flags) {
  for (;;) {
    const ssize_t count = ::recv(fd_, buffer, size, flags);
    if (count > 0) {
      got = static_cast<std::size_t>(count);
      return Got::data;
    }
    if (count == 0) return Got::closed;
    if (errno == EINTR) continue;
    return errno == EAGAIN || errno == EWOULDBLOCK ? Got::nothing_yet : Got::closed;
  }
}

bool SocketStream::send(std::string_view& bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
      continue;
    }
    if (errno == EINTR) continue;
    return errno == EAGAIN || errno == EWOULDBLOCK;
  }
  return true;
}

void SocketStream::end_sending() {
  ::shutdown(fd_, SHUT_WR);
}

void SocketStream::set_moment(std::chrono::milliseconds moment) {
  timeval value{};
  value.tv_sec = static_cast<decltype(value.tv_sec)>(moment.count() / 1000);
  value.tv_usec = static_cast<decltype(value.tv_usec)>(moment.count() % 1000 * 1000);
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &value, sizeof value);
}

}  // namespace crm::app
