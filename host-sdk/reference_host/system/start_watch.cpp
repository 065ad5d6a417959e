#include "reference_host/system/start_watch.hpp"

namespace crm::app {

void StartWatch::enter(std::string phase) {
  const std::lock_guard lock(mutex_);
  phase_ = std::move(phase);
}

bool StartWatch::is_to_end() const {
  const std::lock_guard lock(mutex_);
  return is_to_end_;
}

bool StartWatch::pause(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, time, [this] { return is_to_end_; });
}

void StartWatch::at_force(std::function<void()> action) {
  const std::lock_guard lock(mutex_);
  action_ = std::move(action);
}

std::string StartWatch::phase() const {
  const std::lock_guard lock(mutex_);
  return phase_;
}

void StartWatch::end() {
  const std::lock_guard lock(mutex_);
  is_to_end_ = true;
  changed_.notify_all();
}

void StartWatch::force() {
  const std::lock_guard lock(mutex_);
  if (action_) action_();
}

}  // namespace crm::app
