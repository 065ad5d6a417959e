#include "plugin/http/public/month_view.hpp"

#include <algorithm>
#include <map>

#include "plugin/core/time/zone_text.hpp"
#include "plugin/http/form_body.hpp"

namespace scheduling {
namespace {

using std::chrono::days;
using Day = std::vector<TimeRange>;
using FreeDays = std::map<LocalDate, Day>;

/// How far ahead a next month or a first free day is looked for.
constexpr days k_look_ahead{100};

struct Month {
  LocalDate first;
  LocalDate last;
};

Month month_of(LocalDate date) {
  const auto ymd = date.ymd();
  const std::chrono::local_days first{ymd.year() / ymd.month() / std::chrono::day{1}};
  const std::chrono::local_days last{ymd.year() / ymd.month() / std::chrono::last};
  return {LocalDate{first}, LocalDate{last}};
}

std::string month_text(LocalDate date) {
  return date.text().substr(0, 7);
}

class Calendar {
 public:
  Calendar(const PublicTexts& texts, const SpokenZone& zone, Instant now, const CalendarQuery& query)
      : texts_(texts), zone_(zone), now_(now), query_(query), today_(zone.rules->date_at(now)) {}

  Result<View> view(const SlotsIn& slots) {
    if (auto chosen = choose(slots); !chosen) return fail(std::move(chosen.error()));
    auto free = free_days(slots, month_.first, month_.last);
    if (!free) return fail(std::move(free.error()));
    auto later = free_days(slots, month_.last.plus(days{1}), month_.last.plus(k_look_ahead));
    if (!later) return fail(std::move(later.error()));
    View out;
    head(out, !later->empty());
    out.list("weekdays", weekdays()).list("weeks", weeks(*free)).flag("has_days", !free->empty());
    if (free->empty() && !later->empty()) first_free(out, later->begin()->first);
    times(out, *free);
    zone_form(out);
    return out;
  }

 private:
  std::string url(const QueryParameters& own) const {
    QueryParameters all = query_.kept;
    all.emplace_back("timezone", zone_.id.name());
    all.insert(all.end(), own.begin(), own.end());
    return url_with(query_.path, all);
  }

  Result<FreeDays> free_days(const SlotsIn& slots, LocalDate from, LocalDate until) const {
    FreeDays free;
    const auto window = window_of_dates(*zone_.rules, std::max(from, today_), until);
    if (!window) return free;
    auto found = slots(*window);
    if (!found) return fail(std::move(found.error()));
    for (const TimeRange& slot : *found) free[zone_.rules->date_at(slot.start())].push_back(slot);
    return free;
  }

  /// The month and day to show.
  Done choose(const SlotsIn& slots) {
    chosen_ = LocalDate::parse(query_.date);
    const auto asked = LocalDate::parse(query_.month + "-01");
    if (asked || chosen_) {
      month_ = month_of(asked.value_or(chosen_.value_or(today_)));
      return {};
    }
    auto soon = free_days(slots, today_, today_.plus(k_look_ahead));
    if (!soon) return fail(std::move(soon.error()));
    if (!soon->empty()) chosen_ = soon->begin()->first;
    month_ = month_of(chosen_.value_or(today_));
    return {};
  }

  void head(View& out, bool has_later) const {
    out.text("month_title", texts_.month(month_.first));
    out.text("month_caption", texts_.text("calendar_caption", "month", texts_.month(month_.first)));
    if (month_.first > month_of(today_).first) {
      const LocalDate before = month_of(month_.first.plus(days{-1})).first;
      out.text("prev_url", url({{"month", month_text(before)}}));
      out.text("prev_label", texts_.text("previous_month", "month", texts_.month(before)));
    }
    if (has_later || month_.first < month_of(today_).first) {
      const LocalDate after = month_.last.plus(days{1});
      out.text("next_url", url({{"month", month_text(after)}}));
      out.text("next_label", texts_.text("next_month", "month", texts_.month(after)));
    }
  }

  void first_free(View& out, LocalDate date) const {
    out.text("first_free_url", url({{"date", date.text()}}));
    out.text("first_free_label", texts_.text("first_free", "date", texts_.long_day(date)));
  }

  View::List weekdays() const {
    const auto shorts = texts_.weekdays(false);
    const auto longs = texts_.weekdays(true);
    View::List list;
    for (std::size_t i = 0; i < shorts.size(); ++i)
      list.push_back(View().text("short", shorts[i]).text("long", longs[i]));
    return list;
  }

  View::List weeks(const FreeDays& free) const {
    View::List weeks;
    View::List week((month_.first.weekday() - texts_.first_weekday()).count());
    for (LocalDate date = month_.first; date <= month_.last; date = date.plus(days{1})) {
      const auto found = free.find(date);
      week.push_back(day(date, found == free.end() ? 0 : found->second.size()));
      if (week.size() == 7) weeks.push_back(View().list("days", std::exchange(week, {})));
    }
    if (!week.empty()) {
      week.resize(7);
      weeks.push_back(View().list("days", std::move(week)));
    }
    return weeks;
  }

  View day(LocalDate date, std::size_t times) const {
    View view;
    view.text("number", std::to_string(static_cast<unsigned>(date.ymd().day())));
    view.flag("is_today", date == today_);
    if (times == 0 && date != current_date()) return view;
    view.text("url", url({{"date", date.text()}}) + "#times");
    MessageArgs args;
    args.text("date", texts_.long_day(date)).number("count", static_cast<std::int64_t>(times));
    view.text("label", texts_.text(times == 0 ? "day_present" : "day_times", args));
    return view.flag("is_chosen", chosen_ == date);
  }

  void times(View& out, const FreeDays& free) const {
    if (!chosen_) return;
    const std::vector<Instant> starts = starts_of(*chosen_, free);
    out.text("day_title", texts_.long_day(*chosen_));
    out.text("zone_label", texts_.zone_label(zone_, starts.empty() ? now_ : starts.front()));
    out.flag("has_times", !starts.empty());
    View::List list;
    std::map<std::string, int> seen;
    for (const Instant start : starts) ++seen[texts_.time(zone_, start)];
    for (const Instant start : starts) {
      const std::string text = texts_.time(zone_, start);
      const bool is_current = query_.current == start;
      View item;
      item.text("text", text).text("url", is_current ? "" : url({{"start", format_instant(start)}}));
      item.text("label", text + ", " + texts_.long_day(*chosen_));
      // An hour that the clock shows twice: the offset tells the two apart.
      item.text("extra", seen[text] > 1 ? offset_text(zone_.rules->offset_at(start)) : "");
      list.push_back(item.flag("is_current", is_current));
    }
    out.list("times", std::move(list));
  }

  std::optional<LocalDate> current_date() const {
    return query_.current ? std::optional(zone_.rules->date_at(*query_.current)) : std::nullopt;
  }

  /// The free starts of a day, and the present one among them, which may be offered to nobody.
  std::vector<Instant> starts_of(LocalDate date, const FreeDays& free) const {
    std::vector<Instant> starts;
    if (const auto found = free.find(date); found != free.end())
      for (const TimeRange& slot : found->second) starts.push_back(slot.start());
    if (date != current_date()) return starts;
    const auto place = std::ranges::lower_bound(starts, *query_.current);
    if (place == starts.end() || *place != *query_.current) starts.insert(place, *query_.current);
    return starts;
  }

  void zone_form(View& out) const {
    const ZoneOptions options{zone_.id, query_.own_zones, query_.has_all_zones};
    out.text("zone_action", query_.path).text("zone_options", texts_.zone_options(options));
    QueryParameters all{{std::string(k_zones), std::string(k_all_zones)}};
    if (!query_.month.empty()) all.emplace_back("month", query_.month);
    if (!query_.date.empty()) all.emplace_back("date", query_.date);
    out.text("all_zones_url", query_.has_all_zones ? "" : url(all) + "#timezone");
    View::List hidden;
    const auto keep = [&](const std::string& name, const std::string& value) {
      if (!value.empty()) hidden.push_back(View().text("name", name).text("value", value));
    };
    for (const auto& [name, value] : query_.kept) keep(name, value);
    keep("month", query_.month);
    keep("date", query_.date);
    out.list("zone_hidden", std::move(hidden));
  }

  const PublicTexts& texts_;
  const SpokenZone& zone_;
  Instant now_;
  const CalendarQuery& query_;
  LocalDate today_;
  std::optional<LocalDate> chosen_;
  Month month_;
};

}  // namespace

Result<View> calendar_view(const PublicTexts& texts, const SpokenZone& zone, Instant now, const CalendarQuery& query,
                           const SlotsIn& slots) {
  return Calendar(texts, zone, now, query).view(slots);
}

View::List alternative_links(const PublicTexts& texts, const SpokenZone& zone, const CalendarQuery& query,
                             const std::vector<Instant>& starts) {
  View::List list;
  for (const Instant start : starts) {
    QueryParameters all = query.kept;
    all.emplace_back("timezone", zone.id.name());
    all.emplace_back("start", format_instant(start));
    list.push_back(View()
                       .text("url", url_with(query.path, all))
                       .text("text", texts.time(zone, start))
                       .text("extra", texts.short_day(zone, start)));
  }
  return list;
}

}  // namespace scheduling
