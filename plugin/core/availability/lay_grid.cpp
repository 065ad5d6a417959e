#include "plugin/core/availability/lay_grid.hpp"

// The grid is laid in each open span before anything is taken out of it. Meetings, notice and the booker's zone only
// drop starts; none of them moves the grid, so what is offered stays where it is while people look at it, and a
// booking is a membership test. Steps are elapsed time: a day of 25 hours has more starts. Only the first start looks
// at the wall clock, and only with Align::clock: 09:10 with steps of 30 minutes becomes 09:30. When the clock is
// changed between the span's start and that multiple, the multiple is looked for anew from the change on, because the
// wall clock shows another time there than the walk so far expected.
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
