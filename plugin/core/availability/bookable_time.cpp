#include "plugin/core/availability/bookable_time.hpp"

#include <algorithm>

namespace scheduling {

using std::chrono::days;

BookableTime BookableTime::of(const Offer& offer) {
  const ZoneRules& zone = offer.zone();
  const SchedulingRules& rules = offer.rules;
  BookableTime time;
  time.notice = offer.now + rules.notice_min;
  if (rules.advance_max) {
    // Through the end of the last day, so up to the start of the day after it.
    time.horizon_end = zone.start_of(zone.date_at(offer.now).plus(*rules.advance_max + days{1}));
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

std::optional<Refusal> BookableTime::refusal_of(Instant start) const {
  if (start < notice) return Refusal::notice;
  if (horizon_end && start >= *horizon_end) return Refusal::horizon;
  if ((range_start && start < *range_start) || (range_end && start >= *range_end)) return Refusal::outside_range;
  return std::nullopt;
}

}  // namespace scheduling
