#include "reference_host/network/listening_socket.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace crm::app {
namespace {

constexpr int k_backlog = 1024;

crm::sdk::Unexpected<sdk::Failure> refused(const std::string& why, const char* argument) {
  return sdk::fail({sdk::FailureKind::invalid, why, {}, {}, argument});
}

std::string place(const std::string& address, int port) {
  const bool is_six = address.find(':') != std::string::npos;
  return (is_six ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

crm::sdk::Unexpected<sdk::Failure> why_not(const std::string& address, int port, int error) {
  const std::string where = place(address, port);
  switch (error) {
    case EADDRINUSE:
      return refused("port " + std::to_string(port) + " is taken: another program listens on " + where +
                         ". Stop it, or choose another port with --port.",
                     "--port");
    case EACCES:
    case EPERM:
      return refused("port " + std::to_string(port) + " is not permitted: this user may not listen on " + where +
                         ". Choose a port above 1023 with --port.",
                     "--port");
    case EADDRNOTAVAIL: return refused("--bind " + address + ": this machine has no such address.", "--bind");
    default: return refused("cannot listen on " + where + ": " + std::strerror(error) + ".", "--port");
  }
}

int bound_port(int fd) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) != 0) return 0;
  // The port stands at the same place in both families.
  sockaddr_in four{};
  std::memcpy(&four, &address, sizeof four);
  return ntohs(four.sin_port);
}

}  // namespace

sdk::Outcome<ListeningSocket> ListeningSocket::open(const std::string& address, int port) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
    return refused("--bind " + address + ": must be a numeric address.", "--bind");
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> numeric(found, &::freeaddrinfo);
  ListeningSocket socket;
  socket.fd_ = OwnedDescriptor(::socket(numeric->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const int fd = socket.fd_.get();
  const int on = 1;
  // SO_REUSEADDR lets a restart pass connections of the last run that the kernel still remembers; Linux gives a port
  // that somebody listens on to nobody else. SO_REUSEPORT would: it is never set.
  if (fd < 0 || ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
      ::bind(fd, numeric->ai_addr, numeric->ai_addrlen) != 0 || ::listen(fd, k_backlog) != 0)
    return why_not(address, port, errno);
  socket.address_ = address;
  socket.port_ = bound_port(fd);
  return socket;
}

std::string ListeningSocket::text() const {
  return place(address_, port_);
}

}  // namespace crm::app
