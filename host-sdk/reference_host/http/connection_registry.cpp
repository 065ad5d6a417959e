#include "reference_host/http/connection_registry.hpp"

#include <sys/socket.h>

namespace crm::app {

std::int64_t ConnectionRegistry::now_nanoseconds() {
  return std::chrono::steady_clock::now().time_since_epoch().count();
}

void ConnectionRegistry::enter(Entry& entry) {
  entry.silent_since = now_nanoseconds();
  const std::lock_guard lock(mutex_);
  entries_.insert(&entry);
}

void ConnectionRegistry::leave(Entry& entry) {
  const std::lock_guard lock(mutex_);
  entries_.erase(&entry);
}

bool ConnectionRegistry::shed_one(std::chrono::milliseconds age) {
  const std::int64_t latest = now_nanoseconds() - std::chrono::nanoseconds(age).count();
  const std::lock_guard lock(mutex_);
  Entry* oldest = nullptr;
  for (Entry* entry : entries_) {
    if (entry->state.load() != State::silent || entry->silent_since.load() > latest) continue;
    if (oldest == nullptr || entry->silent_since.load() < oldest->silent_since.load()) oldest = entry;
  }
  if (oldest == nullptr) return false;
  State expected = State::silent;
  if (!oldest->state.compare_exchange_strong(expected, State::leaving)) return false;
  ::shutdown(oldest->fd, SHUT_RD);
  return true;
}

void ConnectionRegistry::shed_all(bool also_busy) {
  const std::lock_guard lock(mutex_);
  for (Entry* entry : entries_) {
    State expected = State::silent;
    if (entry->state.compare_exchange_strong(expected, State::leaving))
      ::shutdown(entry->fd, SHUT_RD);
    else if (also_busy)
      ::shutdown(entry->fd, SHUT_RDWR);
  }
}

int ConnectionRegistry::size() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(entries_.size());
}

}  // namespace crm::app
