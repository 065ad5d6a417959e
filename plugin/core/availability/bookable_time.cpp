#include "plugin/core/availability/bookable_time.hpp"

#include <algorithm>

namespace scheduling {

using std::chrono::days;

BookableTime BookableTime::of(const SlotContext& context) {
  const ZoneRules& zone = context.zone();
  const SchedulingRules& rules = context.rules;
  BookableTime time;
  time.notice = context.now + rules.notice_min;
  if (rules.advance_max) {
    // Through the end of the last day, so up to the start of the day after it.
    time.horizon_end = zone.start_of(zone.date_at(context.now).plus(*rules.advance_max + days{1}));
  }
  if (rules.bookable_from) time.range_start = zone.start_of(*rules.bookable_from);
  if (rules.bookable_until) time.range_end = zone.start_of(rules.bookable_until->plus(days{1}));
  return time;
}

std::optional<TimeRange> BookableTime::clip(TimeRange window) const {
  Instant start = std::max(window.start(), notice);
  Instant end = window.end();
  if (horizon_end) end = std::min(end, *horizon_end);
  if (range_start) start = std::max(start, *range_start);
  if (range_end) end = std::min(end, *range_end);
  return TimeRange::make(start, end);
}

std::optional<UnavailableReason> BookableTime::refusal_of(Instant start) const {
  if (start < notice) return UnavailableReason::notice;
  if (horizon_end && start >= *horizon_end) return UnavailableReason::horizon;
  if ((range_start && start < *range_start) || (range_end && start >= *range_end))
    return UnavailableReason::outside_range;
  return std::nullopt;
}

}  // namespace scheduling
