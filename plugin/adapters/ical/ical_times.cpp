#include "plugin/adapters/ical/ical_times.hpp"

#include <vector>

#include "plugin/adapters/ical/ical_parts.hpp"

namespace scheduling {
namespace {

using std::chrono::seconds;

std::string without_slashes(std::string_view tzid, std::size_t parts) {
  std::size_t at = tzid.size();
  for (; parts > 0; --parts) {
    at = at == 0 ? std::string_view::npos : tzid.rfind('/', at - 1);
    if (at == std::string_view::npos) return {};
  }
  return std::string(tzid.substr(at + 1));
}

seconds offset_on_wall(icaltimezone* zone, WallTime wall) {
  icaltimetype time = floating_icaltime(wall, false);
  int is_daylight = 0;
  return seconds{icaltimezone_get_utc_offset(zone, &time, &is_daylight)};
}

seconds offset_at_instant(icaltimezone* zone, Instant instant) {
  icaltimetype time = ical_utc(instant);
  int is_daylight = 0;
  return seconds{icaltimezone_get_utc_offset_of_utc_time(zone, &time, &is_daylight)};
}

}  // namespace

WallTime wall_of_icaltime(const icaltimetype& time) {
  const std::chrono::year_month_day date{std::chrono::year{time.year},
                                         std::chrono::month{static_cast<unsigned>(time.month)},
                                         std::chrono::day{static_cast<unsigned>(time.day)}};
  const WallTime day{std::chrono::local_days{date}};
  if (time.is_date) return day;
  return day + std::chrono::hours{time.hour} + std::chrono::minutes{time.minute} + seconds{time.second};
}

icaltimetype floating_icaltime(WallTime wall, bool is_date) {
  icaltimetype time = ical_utc(Instant{wall.time_since_epoch()});
  time.zone = nullptr;
  time.is_date = is_date ? 1 : 0;
  return time;
}

std::shared_ptr<const ZoneRules> rules_of_tzid(std::string_view tzid, const ZoneSource& zones, std::string* name) {
  std::vector<std::string> names = {std::string(tzid)};
  for (const std::size_t parts : {3U, 2U, 1U}) names.push_back(without_slashes(tzid, parts));
  for (const std::string& each : names) {
    const auto zone = each.empty() ? std::nullopt : zones.find(each);
    auto rules = zone ? zones.rules(*zone) : nullptr;
    if (!rules) continue;
    if (name) *name = zone->name();
    return rules;
  }
  return nullptr;
}

IcalTime ical_time(const icaltimetype& time, const char* tzid, icalcomponent* calendar, const ZoneSource& zones) {
  IcalTime out{wall_of_icaltime(time), {}};
  if (time.is_date) {
    out.zone.kind = IcalZone::Kind::date;
  } else if (icaltime_is_utc(time)) {
    out.zone.kind = IcalZone::Kind::utc;
  } else if (tzid) {
    out.zone.rules = rules_of_tzid(tzid, zones);
    if (out.zone.rules) {
      out.zone.kind = IcalZone::Kind::known;
    } else if ((out.zone.definition = icalcomponent_get_timezone(calendar, tzid))) {
      out.zone.kind = IcalZone::Kind::defined;
    }
  }
  return out;
}

Instant IcalTime::instant() const {
  switch (zone.kind) {
    case IcalZone::Kind::known: return zone.rules->to_instant(wall);
    case IcalZone::Kind::defined: return Instant{(wall - offset_on_wall(zone.definition, wall)).time_since_epoch()};
    default: return Instant{wall.time_since_epoch()};
  }
}

RemoteTime IcalTime::remote() const {
  if (is_date()) return LocalDate::of(wall);
  if (zone.kind == IcalZone::Kind::floating) return RemoteWallTime{wall, {}};
  return instant();
}

WallTime wall_in(const IcalTime& time, const IcalZone& zone) {
  using Kind = IcalZone::Kind;
  if (zone.kind == Kind::date) return std::chrono::floor<std::chrono::days>(time.wall);
  // A date or floating time beside zoned ones is meant on their wall.
  const bool has_zone = time.zone.kind != Kind::date && time.zone.kind != Kind::floating;
  if (!has_zone || zone.kind == Kind::floating) return time.wall;
  const Instant instant = time.instant();
  switch (zone.kind) {
    case Kind::known: return time.zone.rules == zone.rules ? time.wall : zone.rules->wall_at(instant);
    case Kind::defined:
      if (time.zone.definition == zone.definition) return time.wall;
      return WallTime{(instant + offset_at_instant(zone.definition, instant)).time_since_epoch()};
    default: return WallTime{instant.time_since_epoch()};
  }
}

}  // namespace scheduling
