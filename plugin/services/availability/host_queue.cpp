#include "plugin/services/availability/host_queue.hpp"

namespace scheduling {

HostQueue::Turn HostQueue::enter(UserId host) {
  std::unique_lock lock(mutex_);
  Line& line = lines_[host];
  if (line.inside < k_inside_max) {
    ++line.inside;
    return Turn(*this, host);
  }
  Waiter waiter;
  const auto place = line.waiting.insert(line.waiting.end(), &waiter);
  // The line lives as long as somebody waits in it.
  if (waiter.turn.wait_for(lock, wait_max_, [&] { return waiter.is_called; })) return Turn(*this, host);
  line.waiting.erase(place);
  return {};
}

/// Whoever leaves gives their place to the first who waits.
void HostQueue::leave(UserId host) {
  const std::lock_guard lock(mutex_);
  Line& line = lines_.at(host);
  if (line.waiting.empty()) {
    if (--line.inside == 0) lines_.erase(host);
    return;
  }
  Waiter* const next = line.waiting.front();
  line.waiting.pop_front();
  next->is_called = true;
  next->turn.notify_one();
}

int HostQueue::waiting(UserId host) const {
  const std::lock_guard lock(mutex_);
  const auto line = lines_.find(host);
  return line == lines_.end() ? 0 : static_cast<int>(line->second.waiting.size());
}

}  // namespace scheduling
