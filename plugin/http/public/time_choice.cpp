#include "plugin/http/public/time_choice.hpp"

#include <algorithm>
#include <map>

#include "plugin/core/time/zone_text.hpp"

namespace scheduling {
namespace {

using std::chrono::days;
using StartsByDay = std::map<LocalDate, std::vector<Instant>>;

/// Which days are listed beside the wanted one.
constexpr days k_days_before{14};
constexpr days k_days_after{62};

Result<StartsByDay> starts_by_day(const SpokenZone& zone, Instant now, const std::optional<LocalDate>& wanted,
                                  const SlotsIn& slots) {
  const LocalDate today = zone.rules->date_at(now);
  const LocalDate middle = std::max(wanted.value_or(today), today);
  StartsByDay free;
  const auto window =
      window_of_dates(*zone.rules, std::max(middle.plus(-k_days_before), today), middle.plus(k_days_after));
  if (!window) return free;
  auto found = slots(*window);
  if (!found) return fail(std::move(found.error()));
  for (const TimeRange& slot : *found) free[zone.rules->date_at(slot.start())].push_back(slot.start());
  return free;
}

View::List radios(const PublicTexts& texts, const SpokenZone& zone, const std::vector<Instant>& starts, bool with_day) {
  std::map<std::string, int> seen;
  for (const Instant start : starts) ++seen[texts.time(zone, start)];
  View::List list;
  for (const Instant start : starts) {
    std::string text = texts.time(zone, start);
    // An hour that the clock shows twice: the offset tells the two apart.
    if (!with_day && seen[text] > 1) text += " " + offset_text(zone.rules->offset_at(start));
    if (with_day) text = texts.long_day(zone.rules->date_at(start)) + ", " + text;
    View item;
    item.text("start", format_instant(start)).text("text", std::move(text)).flag("is_first", list.empty());
    list.push_back(std::move(item));
  }
  return list;
}

}  // namespace

Result<View> time_choice(const PublicTexts& texts, const SpokenZone& zone, Instant now, const TimeChoice& choice,
                         const SlotsIn& slots) {
  auto free = starts_by_day(zone, now, choice.wanted, slots);
  if (!free) return fail(std::move(free.error()));
  std::optional<LocalDate> day = choice.wanted;
  if (!day && !free->empty()) day = free->begin()->first;
  const auto found = day ? free->find(*day) : free->end();
  const bool has_day = found != free->end();
  View view;
  view.flag("is_choosing", true).text("day_title", day ? texts.long_day(*day) : "");
  view.text("day_empty", day && !has_day ? texts.text("no_times_that_day") : "");
  view.list("radios", has_day ? radios(texts, zone, found->second, false) : radios(texts, zone, choice.nearest, true));
  view.flag("has_radios", has_day || !choice.nearest.empty());
  View::List options;
  for (const auto& [date, starts] : *free)
    options.push_back(
        View().text("date", date.text()).text("text", texts.long_day(date)).flag("is_chosen", day == date));
  view.flag("has_free_days", !options.empty());
  return view.list("free_days", std::move(options));
}

}  // namespace scheduling
