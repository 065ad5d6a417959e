#include "plugin/core/availability/lay_grid.hpp"

namespace scheduling {
namespace {

/// How long until the wall clock, going on evenly from `wall`, shows a multiple of `interval` since midnight.
std::chrono::seconds until_multiple(WallTime wall, std::chrono::seconds interval) {
  const std::chrono::seconds since_midnight = wall - LocalDate::of(wall).days();
  const auto past = since_midnight % interval;
  return past.count() == 0 ? past : interval - past;
}

}  // namespace

Instant first_start(const OpenSpan& span, const SchedulingRules& rules, const ZoneRules& zone) {
  if (rules.align == Align::start) return span.start;
  Instant from = span.start;
  while (from < span.end) {
    const auto wait = until_multiple(zone.wall_at(from), rules.interval);
    const Instant change = zone.next_change(from);
    if (wait.count() == 0 || from + wait < change) return from + wait;
    from = change;  // The clock jumps before that: look again at what it shows then.
  }
  return span.end;
}

}  // namespace scheduling
