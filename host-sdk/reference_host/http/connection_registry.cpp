#include "reference_host/http/connection_registry.hpp"

#include <sys/socket.h>

namespace crm::host {

std::int64_t ConnectionRegistry::now_nanoseconds() {
  return std::chrono::steady_clock::now().time_since_epoch().count();
}

void ConnectionRegistry::enter(Seat& seat) {
  seat.silent_since = now_nanoseconds();
  const std::lock_guard lock(mutex_);
  seats_.insert(&seat);
}

void ConnectionRegistry::leave(Seat& seat) {
  const std::lock_guard lock(mutex_);
  seats_.erase(&seat);
}

bool ConnectionRegistry::shed_one(std::chrono::milliseconds age) {
  const std::int64_t latest = now_nanoseconds() - std::chrono::nanoseconds(age).count();
  const std::lock_guard lock(mutex_);
  Seat* oldest = nullptr;
  for (Seat* seat : seats_) {
    if (seat->state.load() != State::silent || seat->silent_since.load() > latest) continue;
    if (oldest == nullptr || seat->silent_since.load() < oldest->silent_since.load()) oldest = seat;
  }
  if (oldest == nullptr) return false;
  State expected = State::silent;
  if (!oldest->state.compare_exchange_strong(expected, State::leaving)) return false;
  ::shutdown(oldest->fd, SHUT_RD);
  return true;
}

void ConnectionRegistry::shed_all(bool also_busy) {
  const std::lock_guard lock(mutex_);
  for (Seat* seat : seats_) {
    State expected = State::silent;
    if (seat->state.compare_exchange_strong(expected, State::leaving))
      ::shutdown(seat->fd, SHUT_RD);
    else if (also_busy)
      ::shutdown(seat->fd, SHUT_RDWR);
  }
}

int ConnectionRegistry::size() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(seats_.size());
}

}  // namespace crm::host
