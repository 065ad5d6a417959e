#include "plugin/adapters/ical/series_expansion.hpp"

namespace scheduling {
namespace {

using std::chrono::days;
using std::chrono::seconds;

/// More than a daily event of two centuries; a rule that repeats each second ends here.
constexpr int k_steps_max = 100000;
constexpr days k_margin{2};

const char* tzid_of(icalproperty* property) {
  icalparameter* const parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  return parameter ? icalparameter_get_tzid(parameter) : nullptr;
}

bool is_readable(const icaltimetype& time) {
  return !icaltime_is_null_time(time) && time.year >= 1900 && time.year < 2200 && time.month >= 1 && time.month <= 12 &&
         time.day >= 1 && time.day <= 31;
}

template <class Each>
void for_each_property(icalcomponent* event, icalproperty_kind kind, Each each) {
  for (icalproperty* property = icalcomponent_get_first_property(event, kind); property;
       property = icalcomponent_get_next_property(event, kind))
    each(property);
}

/// UNTIL is in UTC when the start has a zone; the library compares it with wall times.
void put_until_on_wall(icalrecurrencetype& rule, const IcalZone& zone, icalcomponent* calendar,
                       const ZoneSource& zones) {
  if (!is_readable(rule.until)) return;
  const bool is_whole_day = rule.until.is_date && zone.kind != IcalZone::Kind::date;
  WallTime until = wall_in(ical_time(rule.until, nullptr, calendar, zones), zone);
  if (is_whole_day) until += days{1} - seconds{1};
  rule.until = floating_icaltime(until, zone.kind == IcalZone::Kind::date);
}

class Window {
 public:
  Window(TimeRange window, seconds length)
      : from_(WallTime{(window.start() - k_margin - length).time_since_epoch()}),
        until_(WallTime{(window.end() + k_margin).time_since_epoch()}) {}
  bool is_before(WallTime wall) const { return wall < from_; }
  bool is_after(WallTime wall) const { return wall > until_; }

 private:
  WallTime from_;
  WallTime until_;
};

void add_rule(Occurrences& found, icalrecurrencetype rule, const IcalTime& start, const Window& window) {
  icalrecur_iterator* const steps = icalrecur_iterator_new(rule, floating_icaltime(start.wall, start.is_date()));
  if (!steps) return;
  for (int step = 0; step < k_steps_max; ++step) {
    const icaltimetype next = icalrecur_iterator_next(steps);
    if (!is_readable(next)) break;
    const WallTime wall = wall_of_icaltime(next);
    if (window.is_after(wall)) break;
    if (!window.is_before(wall)) found.try_emplace(wall);
  }
  icalrecur_iterator_free(steps);
}

std::optional<seconds> length_of(const icalperiodtype& period) {
  if (is_readable(period.start) && is_readable(period.end))
    return wall_of_icaltime(period.end) - wall_of_icaltime(period.start);
  const int length = icaldurationtype_as_int(period.duration);
  return length > 0 ? std::optional(seconds{length}) : std::nullopt;
}

}  // namespace

IcalTime time_in(icalproperty* property, const icaltimetype& time, icalcomponent* calendar, const ZoneSource& zones) {
  return ical_time(time, tzid_of(property), calendar, zones);
}

bool recurs(icalcomponent* event) {
  return icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY) ||
         icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY);
}

std::optional<IcalSpan> span_of(icalcomponent* event, icalcomponent* calendar, const ZoneSource& zones) {
  icalproperty* const start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
  if (!start || !is_readable(icalproperty_get_dtstart(start))) return std::nullopt;
  IcalSpan span{time_in(start, icalproperty_get_dtstart(start), calendar, zones), seconds{0}};
  icalproperty* const end = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
  icalproperty* const duration = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
  if (end && is_readable(icalproperty_get_dtend(end))) {
    const IcalTime until = time_in(end, icalproperty_get_dtend(end), calendar, zones);
    const bool is_exact = span.start.zone.kind != IcalZone::Kind::floating && !span.start.is_date();
    span.length = is_exact ? until.instant() - span.start.instant() : until.wall - span.start.wall;
  } else if (duration) {
    span.length = seconds{icaldurationtype_as_int(icalproperty_get_duration(duration))};
  } else if (span.start.is_date()) {
    span.length = days{1};
  }
  if (span.length < seconds{0} || span.length > days{3660}) return std::nullopt;
  return span;
}

Occurrences occurrences_of(icalcomponent* event, icalcomponent* calendar, const IcalSpan& span, TimeRange within,
                           const ZoneSource& zones) {
  const Window window(within, span.length);
  Occurrences found;
  if (!window.is_before(span.start.wall) && !window.is_after(span.start.wall)) found.try_emplace(span.start.wall);
  for_each_property(event, ICAL_RRULE_PROPERTY, [&](icalproperty* property) {
    icalrecurrencetype rule = icalproperty_get_rrule(property);
    put_until_on_wall(rule, span.start.zone, calendar, zones);
    add_rule(found, rule, span.start, window);
  });
  for_each_property(event, ICAL_RDATE_PROPERTY, [&](icalproperty* property) {
    const icaldatetimeperiodtype value = icalproperty_get_rdate(property);
    const bool is_period = is_readable(value.period.start);
    const icaltimetype time = is_period ? value.period.start : value.time;
    if (!is_readable(time)) return;
    const WallTime wall = wall_in(time_in(property, time, calendar, zones), span.start.zone);
    if (!window.is_before(wall) && !window.is_after(wall))
      found.insert_or_assign(wall, is_period ? length_of(value.period) : std::nullopt);
  });
  for_each_property(event, ICAL_EXDATE_PROPERTY, [&](icalproperty* property) {
    const icaltimetype time = icalproperty_get_exdate(property);
    if (!is_readable(time)) return;
    const WallTime wall = wall_in(time_in(property, time, calendar, zones), span.start.zone);
    // Some programs name the day alone.
    if (time.is_date && !span.start.is_date())
      std::erase_if(found, [&](const auto& each) { return std::chrono::floor<days>(each.first) == wall; });
    else
      found.erase(wall);
  });
  return found;
}

}  // namespace scheduling
