#include "reference_host/http/connection_limiter.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <string_view>

namespace crm::app {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t k_held_max = 256;
constexpr auto k_hold = 1s;
constexpr auto k_tick = 20ms;
/// A connection that was silent for less may have a request under way.
constexpr auto k_silence = 100ms;

constexpr std::string_view k_full =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json; charset=utf-8\r\n"
    "Content-Length: 123\r\nRetry-After: 1\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
    "Connection: close\r\n\r\n"
    "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"code\":\"overloaded\","
    "\"detail\":\"Too many open connections.\"}";

}  // namespace

static_assert(k_full.size() - (k_full.find("\r\n\r\n") + 4) == 123, "Content-Length above");

ConnectionLimiter::ConnectionLimiter(const HttpServerConfig& config, ConnectionRegistry& registry,
                                     std::atomic<int>& open_connections)
    : config_(config), registry_(registry), open_connections_(open_connections), keeper_([this] { keep(); }) {}

ConnectionLimiter::~ConnectionLimiter() {
  close();
}

void ConnectionLimiter::close() {
  {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
  }
  wake_.notify_all();
  if (keeper_.joinable()) keeper_.join();
}

bool ConnectionLimiter::accept(const Poco::Net::StreamSocket& socket) {
  const int taken = open_connections_;
  const int nearly_full = config_.workers - std::max(1, config_.workers / 8);
  if (taken >= nearly_full && registry_.shed_one(k_silence)) ++shed_;
  if (taken >= config_.workers + config_.waiting_max) {
    refuse(socket);
    return false;
  }
  ++open_connections_;
  if (taken >= config_.workers) {
    const std::lock_guard lock(mutex_);  // or the other thread may miss this: it checked already and does not sleep yet
    wake_.notify_all();
  }
  return true;
}

void ConnectionLimiter::refuse(const Poco::Net::StreamSocket& socket) {
  ++refused_;
  const int fd = socket.impl()->sockfd();
  ::send(fd, k_full.data(), k_full.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  ::shutdown(fd, SHUT_WR);
  const std::lock_guard lock(mutex_);
  if (held_.size() < k_held_max) held_.push_back({socket, std::chrono::steady_clock::now() + k_hold});
  wake_.notify_all();
}

void ConnectionLimiter::keep() {
  std::unique_lock lock(mutex_);
  while (!is_closed_) {
    wake_.wait(lock, [this] { return is_closed_ || has_work(); });
    if (is_closed_) break;
    attend(held_);
    // Somebody waits for a thread: those who say nothing make room.
    if (open_connections_ > config_.workers) {
      for (int waiting = open_connections_ - config_.workers; waiting > 0 && registry_.shed_one(k_silence); --waiting)
        ++shed_;
    }
    wake_.wait_for(lock, k_tick, [this] { return is_closed_; });
  }
  held_.clear();
}

void ConnectionLimiter::attend(std::vector<Held>& held) {
  const auto now = std::chrono::steady_clock::now();
  char swallowed[16 * 1024];
  std::erase_if(held, [&](Held& one) {
    if (now >= one.until) return true;
    ssize_t count = 0;
    int pieces = 16;
    do count = ::recv(one.socket.impl()->sockfd(), swallowed, sizeof swallowed, MSG_DONTWAIT);
    while (count > 0 && --pieces > 0);
    return count == 0;
  });
}

}  // namespace crm::app
