#include "plugin/http/month/free_days.hpp"

#include <algorithm>

#include "plugin/core/time/zone_text.hpp"

namespace scheduling {

Month month_of(LocalDate date) {
  const auto ymd = date.ymd();
  const std::chrono::local_days first{ymd.year() / ymd.month() / std::chrono::day{1}};
  const std::chrono::local_days last{ymd.year() / ymd.month() / std::chrono::last};
  return {LocalDate{first}, LocalDate{last}};
}

std::string month_text(LocalDate date) {
  return date.text().substr(0, 7);
}

Result<FreeDays> free_days_between(const SpokenZone& zone, Instant now, const SlotsIn& slots, LocalDate from,
                                   LocalDate until) {
  FreeDays free;
  const auto window = window_of_dates(*zone.rules, std::max(from, zone.rules->date_at(now)), until);
  if (!window) return free;
  auto found = slots(*window);
  if (!found) return fail(std::move(found.error()));
  for (const TimeRange& slot : *found) free[zone.rules->date_at(slot.start())].push_back(slot);
  return free;
}

std::vector<Instant> starts_on(const SpokenZone& zone, LocalDate date, const FreeDays& free,
                               const std::optional<Instant>& present) {
  std::vector<Instant> starts;
  if (const auto found = free.find(date); found != free.end())
    for (const TimeRange& slot : found->second) starts.push_back(slot.start());
  if (!present || zone.rules->date_at(*present) != date) return starts;
  const auto place = std::ranges::lower_bound(starts, *present);
  if (place == starts.end() || *place != *present) starts.insert(place, *present);
  return starts;
}

}  // namespace scheduling
