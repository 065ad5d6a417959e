#include "plugin/services/booking/alternatives.hpp"

#include <algorithm>

namespace scheduling {
namespace {

constexpr std::size_t k_alternatives_max = 5;

/// `nearest(window, count)`: the starts there.
template <class Nearest>
std::vector<Instant> alternatives_by(const Clock& clock, Instant near, Nearest nearest) {
  using std::chrono::days;
  const Instant now = clock.now();
  const Instant middle = std::max(now, near);
  const TimeRange nearby(std::max(now, middle - days{7}), middle + days{14});
  const TimeRange wide(now, now + days{60});
  for (const TimeRange& window : {nearby, wide}) {
    auto starts = nearest(window, k_alternatives_max);
    if (!starts) return {};
    if (!starts->empty()) return std::move(*starts);
  }
  return {};
}

}  // namespace

bool has_alternatives(const Error& refusal) {
  return refusal.code == Code::slot_taken || refusal.code == Code::outside_rules || refusal.code == Code::owner_only;
}

std::vector<Instant> alternatives_near(AvailabilityService& availability, const Clock& clock,
                                       const BookingTarget& target, Instant near) {
  return alternatives_by(clock, near, [&](const TimeRange& window, std::size_t count) {
    return availability.nearest(target, window, near, count);
  });
}

std::vector<Instant> alternatives_near(const Clock& clock, Instant near,
                                       const std::function<Result<std::vector<TimeRange>>(TimeRange)>& slots) {
  return alternatives_by(clock, near, [&](const TimeRange& window, std::size_t count) -> Result<std::vector<Instant>> {
    auto times = slots(window);
    if (!times) return fail(std::move(times.error()));
    return nearest_of(*times, near, count);
  });
}

}  // namespace scheduling
