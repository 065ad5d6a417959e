#pragma once
/// Times of iCalendar properties in the zones that they name. Spring gaps and repeated hours go by ZoneRules (B-1).
#include <libical/ical.h>

#include <memory>
#include <string>
#include <string_view>

#include "plugin/core/calendar/remote_event.hpp"
#include "plugin/ports/zone_source.hpp"

namespace scheduling {

/// What a wall time belongs to.
struct IcalZone {
  enum class Kind : std::uint8_t { date, floating, utc, known, defined };
  Kind kind = Kind::floating;
  std::shared_ptr<const ZoneRules> rules{};  ///< known: by its name
  icaltimezone* definition = nullptr;        ///< defined: by a VTIMEZONE of the same text, which owns it
};

struct IcalTime {
  WallTime wall{};
  IcalZone zone{};

  bool is_date() const { return zone.kind == IcalZone::Kind::date; }
  /// Of dates and floating times as if they were in UTC.
  Instant instant() const;
  RemoteTime remote() const;
};

/// The names under which programs write zones: "Europe/Berlin", "/mozilla.org/20050126_1/Europe/Berlin".
std::shared_ptr<const ZoneRules> rules_of_tzid(std::string_view tzid, const ZoneSource& zones, std::string* name = {});

/// A time as it stands in a property with that TZID (may be null); `calendar` holds the VTIMEZONEs.
IcalTime ical_time(const icaltimetype& time, const char* tzid, icalcomponent* calendar, const ZoneSource& zones);
/// The same moment on the wall of another time's zone.
WallTime wall_in(const IcalTime& time, const IcalZone& zone);
/// For the library's arithmetic, which knows no zones then.
icaltimetype floating_icaltime(WallTime wall, bool is_date);
WallTime wall_of_icaltime(const icaltimetype& time);

}  // namespace scheduling
