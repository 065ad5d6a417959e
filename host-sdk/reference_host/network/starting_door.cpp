#include "reference_host/network/starting_door.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <string_view>
#include <vector>

namespace crm::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int k_poll_milliseconds = 50;
constexpr auto k_hold = std::chrono::milliseconds(500);
constexpr std::size_t k_held_max = 64;

constexpr std::string_view k_starting =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json; charset=utf-8\r\n"
    "Content-Length: 124\r\nRetry-After: 1\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
    "Connection: close\r\n\r\n"
    "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"code\":\"starting\","
    "\"detail\":\"The server is still starting.\"}";
static_assert(k_starting.size() - (k_starting.find("\r\n\r\n") + 4) == 124, "Content-Length above");

/// Kept open for a moment after the answer: closing at once could destroy it on its way.
struct Held {
  OwnedDescriptor fd;
  Clock::time_point until;
};

bool is_over(const Held& held) {
  char swallowed[4096];
  for (int pieces = 0; pieces < 16; ++pieces) {
    const ssize_t count = ::recv(held.fd.get(), swallowed, sizeof swallowed, MSG_DONTWAIT);
    if (count == 0) return true;
    if (count < 0) break;
  }
  return Clock::now() >= held.until;
}

void answer(const std::stop_token& stop, int listener) {
  std::vector<Held> held;
  while (!stop.stop_requested()) {
    pollfd watched{listener, POLLIN, 0};
    if (::poll(&watched, 1, k_poll_milliseconds) > 0 && held.size() < k_held_max) {
      OwnedDescriptor fd(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
      if (fd) {
        ::send(fd.get(), k_starting.data(), k_starting.size(), MSG_NOSIGNAL);
        ::shutdown(fd.get(), SHUT_WR);
        held.push_back({std::move(fd), Clock::now() + k_hold});
      }
    } else if (held.size() >= k_held_max) {
      held.erase(held.begin());
    }
    std::erase_if(held, is_over);
  }
}

}  // namespace

StartingDoor::StartingDoor(const ListeningSocket& socket)
    : thread_([fd = socket.fd()](const std::stop_token& stop) { answer(stop, fd); }) {}

void StartingDoor::close() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace crm::app
