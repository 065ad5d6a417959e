#include "plugin/core/booking/meeting_clocks.hpp"

namespace scheduling {
namespace {

std::optional<std::chrono::minutes> other_than(std::chrono::minutes agreed, Instant start, const ZoneRules* rules) {
  if (rules == nullptr) return std::nullopt;
  const auto now = clock_offset(*rules, start);
  return now == agreed ? std::nullopt : std::optional(now);
}

}  // namespace

ClockChange clock_change(const MeetingClocks& agreed, Instant start, const ZoneRules* host, const ZoneRules* attendee) {
  return {other_than(agreed.host_offset, start, host), other_than(agreed.attendee_offset, start, attendee)};
}

}  // namespace scheduling
