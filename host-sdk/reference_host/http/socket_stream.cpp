#include "reference_host/http/socket_stream.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

namespace crm::app {

SocketStream::Got SocketStream::receive(char* buffer, std::size_t size, std::size_t& got) {
  for (;;) {
    const ssize_t count = ::recv(fd_, buffer, size, MSG_DONTWAIT);
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

bool SocketStream::wait_a_moment(std::chrono::milliseconds moment) {
  pollfd one{fd_, POLLIN, 0};
  return ::poll(&one, 1, static_cast<int>(moment.count())) > 0;
}

}  // namespace crm::app
