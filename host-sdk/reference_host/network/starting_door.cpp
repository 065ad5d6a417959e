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

constexpr std::string_view k_alive =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\nCache-Control: no-store\r\n"
    "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n{\"status\":\"ok\"}";

/// Answered when its first bytes came, or when they take long; then kept open for a moment: closing at once could
/// destroy the answer on its way.
struct Held {
  OwnedDescriptor fd;
  Clock::time_point until;
  bool is_answered = false;
};

/// The process lives, whatever it waits for.
bool asks_whether_alive(std::string_view begin) {
  return begin.starts_with("GET /healthz ") || begin.starts_with("GET /healthz?");
}

void answer(Held& held, std::string_view text) {
  ::send(held.fd.get(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  ::shutdown(held.fd.get(), SHUT_WR);
  held.is_answered = true;
  held.until = Clock::now() + k_hold;
}

void answer_if_asked(Held& held) {
  char begin[16];
  const ssize_t count = ::recv(held.fd.get(), begin, sizeof begin, MSG_DONTWAIT | MSG_PEEK);
  const std::string_view text(begin, count > 0 ? static_cast<std::size_t>(count) : 0);
  const bool is_complete = count == static_cast<ssize_t>(sizeof begin) || text.find('\n') != text.npos;
  if (is_complete || count == 0 || Clock::now() >= held.until)
    answer(held, asks_whether_alive(text) ? k_alive : k_starting);
}

bool is_over(Held& held) {
  if (!held.is_answered) answer_if_asked(held);
  if (!held.is_answered) return false;
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
      if (fd) held.push_back({std::move(fd), Clock::now() + k_hold});
    } else if (held.size() >= k_held_max) {
      held.erase(held.begin());
    }
    std::erase_if(held, is_over);
  }
  // Whoever came last hears something, too.
  for (Held& one : held) {
    one.until = Clock::now();
    is_over(one);
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
