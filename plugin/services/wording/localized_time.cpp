#include "plugin/services/wording/localized_time.hpp"

#include <algorithm>
#include <cstdlib>

#include "plugin/core/time/zone_text.hpp"

namespace scheduling {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view k_dates_fallback = "en-US";

std::string language_part(std::string_view tag) {
  std::string language(tag.substr(0, tag.find_first_of("-_")));
  for (char& c : language)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return language;
}

/// What is left, or what was meant where a mail that left on time may say so: within a tenth, at most ten minutes.
std::chrono::minutes time_left(const Countdown& countdown) {
  const auto left = std::chrono::floor<std::chrono::minutes>(countdown.start - countdown.now);
  if (!countdown.offset) return left;
  const auto slack = std::min<std::chrono::minutes>(*countdown.offset / 10, 10min);
  return std::chrono::abs(*countdown.offset - left) <= slack ? *countdown.offset : left;
}

/// A meeting until midnight belongs to the day it ends.
bool is_on_one_day(const ZoneRules& rules, TimeRange range) {
  return rules.date_at(range.start()) == rules.date_at(range.end() - 1s);
}

}  // namespace

SpokenZone LocalizedTime::zone(std::string_view asked, const ZoneId& fallback) const {
  for (const auto& id : {zones_.find(asked), std::optional(fallback)}) {
    auto rules = id ? zones_.rules(*id) : nullptr;
    if (rules) return {*id, std::move(rules)};
  }
  return {ZoneId::utc(), std::make_shared<const ZoneRules>(ZoneRules::utc())};
}

std::string LocalizedTime::locale_for(std::string_view asked) const {
  const std::string language = language_part(asked);
  const bool is_spoken = language_part(messages_.language_of(asked)) == language ||
                         std::ranges::find(dates_only_, language) != dates_only_.end();
  return std::string(is_spoken ? asked : k_dates_fallback);
}

std::string LocalizedTime::time(const SpokenZone& zone, Instant at, std::string_view locale) const {
  return formatter_.time(zone.rules->wall_at(at), locale_for(locale));
}

std::string LocalizedTime::long_day(LocalDate date, std::string_view locale) const {
  return formatter_.long_date(date, locale_for(locale));
}

std::string LocalizedTime::long_day(const SpokenZone& zone, Instant at, std::string_view locale) const {
  return long_day(zone.rules->date_at(at), locale);
}

std::string LocalizedTime::short_day(const SpokenZone& zone, Instant at, std::string_view locale) const {
  return formatter_.short_date(zone.rules->date_at(at), locale_for(locale));
}

std::string LocalizedTime::month(LocalDate date, std::string_view locale) const {
  return formatter_.month(date, locale_for(locale));
}

std::string LocalizedTime::moment(const SpokenZone& zone, Instant at, std::string_view locale) const {
  MessageArgs args;
  args.text("date", long_day(zone, at, locale)).text("time", time(zone, at, locale));
  return messages_.text("time.moment", locale, args);
}

std::string LocalizedTime::time_with_offset(const SpokenZone& zone, Instant at, std::string_view locale) const {
  return time(zone, at, locale) + " (" + offset_text(zone.rules->offset_at(at)) + ")";
}

MessageArgs LocalizedTime::span_args(const SpokenZone& zone, TimeRange range, std::string_view locale) const {
  const ZoneRules& rules = *zone.rules;
  MessageArgs args;
  if (rules.offset_at(range.start()) == rules.offset_at(range.end())) {
    args.text("start", time(zone, range.start(), locale)).text("end", time(zone, range.end(), locale));
  } else {
    // "1:30 AM – 1:30 AM" is an hour on the night the clocks go back.
    args.text("start", time_with_offset(zone, range.start(), locale));
    args.text("end", time_with_offset(zone, range.end(), locale));
  }
  args.text("date", long_day(zone, range.start(), locale)).text("start_date", long_day(zone, range.start(), locale));
  return args.text("end_date", long_day(zone, range.end(), locale));
}

std::string LocalizedTime::span(const SpokenZone& zone, TimeRange range, std::string_view locale) const {
  const char* key = is_on_one_day(*zone.rules, range) ? "time.span" : "time.span_two_days";
  return messages_.text(key, locale, span_args(zone, range, locale));
}

std::vector<std::string> LocalizedTime::span_lines(const SpokenZone& zone, TimeRange range,
                                                   std::string_view locale) const {
  if (!is_on_one_day(*zone.rules, range)) return {span(zone, range, locale)};
  return {long_day(zone, range.start(), locale), messages_.text("time.times", locale, span_args(zone, range, locale))};
}

std::string LocalizedTime::duration(std::chrono::minutes duration, std::string_view locale) const {
  const auto hours = duration.count() / 60;
  const auto minutes = duration.count() % 60;
  const char* key = hours == 0 ? "duration.minutes" : minutes == 0 ? "duration.hours" : "duration.hours_minutes";
  return messages_.text(key, locale, MessageArgs().number("hours", hours).number("minutes", minutes));
}

std::string LocalizedTime::zone_label(const SpokenZone& zone, Instant at, std::string_view locale) const {
  std::string name = formatter_.zone_name(zone.id, locale_for(locale));
  const std::string offset = offset_text(zone.rules->offset_at(at));
  if (name == offset) return name;
  if (name == zone.id.name() || zone.id.name() == offset) return name + " (" + offset + ")";
  return messages_.text("time.zone", locale,
                        MessageArgs().text("zone", name).text("id", zone.id.name()).text("offset", offset));
}

std::string LocalizedTime::lead(const SpokenZone& zone, const Countdown& countdown, std::string_view locale) const {
  if (countdown.now > countdown.start) return messages_.text("lead.begun", locale);
  const auto left = time_left(countdown);
  if (left < 1min) return messages_.text("lead.now", locale);
  if (left >= 12h) {
    const auto days = (zone.rules->date_at(countdown.start) - zone.rules->date_at(countdown.now)).count();
    if (days < 2) return messages_.text(days < 1 ? "lead.today" : "lead.tomorrow", locale);
    return messages_.text("lead.days", locale, MessageArgs().number("days", days));
  }
  const auto hours = std::chrono::floor<std::chrono::hours>(left);
  if (left == hours || hours >= 2h)
    return messages_.text("lead.hours", locale, MessageArgs().number("hours", hours.count()));
  return messages_.text("lead.minutes", locale, MessageArgs().number("minutes", left.count()));
}

}  // namespace scheduling
