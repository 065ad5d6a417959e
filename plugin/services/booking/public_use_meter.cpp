#include "plugin/services/booking/public_use_meter.hpp"

namespace scheduling {
namespace {

/// More than all instances together can book within the second in which nobody counts.
constexpr std::int64_t k_far = 20000;
constexpr std::chrono::seconds k_uncounted{1};
constexpr std::size_t k_keys_max = 10000;

}  // namespace

bool PublicUseMeter::must_count(const std::string& key, Clock::time_point now) const {
  const std::lock_guard lock(mutex_);
  const auto known = far_until_.find(key);
  return known == far_until_.end() || now >= known->second;
}

void PublicUseMeter::counted(const std::string& key, std::int64_t room, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (room < k_far) {
    far_until_.erase(key);
    return;
  }
  if (far_until_.size() >= k_keys_max) far_until_.clear();
  far_until_[key] = now + k_uncounted;
}

}  // namespace scheduling
