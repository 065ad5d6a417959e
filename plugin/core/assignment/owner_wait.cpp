#include "plugin/core/assignment/owner_wait.hpp"

#include <algorithm>

#include "plugin/core/availability/find_slots.hpp"
#include "plugin/core/availability/open_time.hpp"

namespace scheduling {
namespace {

/// Beyond a year nobody waits, however few days are open.
constexpr std::chrono::days k_reach_max{366};

Instant end_of(LocalDate date, const ZoneRules& zone) {
  return zone.start_of(date.plus(std::chrono::days{1}));
}

bool has_hours_ahead(DayHours& hours, LocalDate date, const SlotContext& owner) {
  return std::ranges::any_of(
      hours.on(date), [&](const LocalSpan& span) { return owner.zone().to_instant(date, span.end) > owner.now; });
}

}  // namespace

TimeRange wait_reach(const SlotContext& owner) {
  const auto days = std::min(owner.rules.advance_max.value_or(k_reach_max), k_reach_max);
  return {owner.now, end_of(owner.zone().date_at(owner.now).plus(days), owner.zone())};
}

TimeRange wait_window(const SlotContext& owner, int days) {
  SlotContext unnarrowed = owner;
  unnarrowed.rules.drop_narrowing();
  DayHours hours(unnarrowed, Overrides::applied);
  const TimeRange reach = wait_reach(owner);
  int open_days = 0;
  for (LocalDate date = owner.zone().date_at(owner.now);; date = date.plus(std::chrono::days{1})) {
    const Instant end = end_of(date, owner.zone());
    if (end >= reach.end()) return reach;
    if (has_hours_ahead(hours, date, owner) && ++open_days == days) return {owner.now, end};
  }
}

bool has_start_soon(const SlotContext& owner, int days) {
  return !find_slots(owner, wait_window(owner, days)).empty();
}

}  // namespace scheduling
