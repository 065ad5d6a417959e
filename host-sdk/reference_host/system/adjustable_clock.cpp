#include "reference_host/system/adjustable_clock.hpp"

#include <limits>

namespace crm::app {

namespace {
constexpr std::int64_t k_not_frozen = std::numeric_limits<std::int64_t>::min();
}

AdjustableClock::AdjustableClock(std::optional<sdk::Micros> fixed_now)
    : fixed_micros_(fixed_now ? fixed_now->time_since_epoch().count() : k_not_frozen) {}

sdk::Micros AdjustableClock::now() const noexcept {
  const std::int64_t fixed = fixed_micros_.load(std::memory_order_relaxed);
  if (fixed != k_not_frozen) return sdk::Micros{std::chrono::microseconds{fixed}};
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

void AdjustableClock::set(sdk::Micros now) noexcept {
  fixed_micros_.store(now.time_since_epoch().count());
}

}  // namespace crm::app
