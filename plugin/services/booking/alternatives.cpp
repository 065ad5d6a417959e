#include "plugin/services/booking/alternatives.hpp"

#include <algorithm>

namespace scheduling {
namespace {

constexpr std::size_t k_alternatives_max = 5;

}  // namespace

bool has_alternatives(const Error& refusal) {
  return refusal.code == Code::slot_taken || refusal.code == Code::outside_rules;
}

std::vector<Instant> alternatives_near(AvailabilityService& availability, const Clock& clock, const MeetingType& type,
                                       UserId host, Instant near) {
  using std::chrono::days;
  const Instant now = clock.now();
  const Instant middle = std::max(now, near);
  const TimeRange nearby(std::max(now, middle - days{7}), middle + days{14});
  const TimeRange wide(now, now + days{60});
  for (const TimeRange& window : {nearby, wide}) {
    auto starts = availability.nearest(type, host, window, near, k_alternatives_max);
    if (!starts) return {};
    if (!starts->empty()) return std::move(*starts);
  }
  return {};
}

}  // namespace scheduling
