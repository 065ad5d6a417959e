#pragma once
/// The occurrences of one VEVENT, by libical, in the wall time of its own zone.
#include <libical/ical.h>

#include <map>
#include <optional>

#include "plugin/adapters/ical/ical_times.hpp"
#include "plugin/core/interval/time_range.hpp"

namespace scheduling {

/// Start and length of a VEVENT, whether it recurs or not.
struct IcalSpan {
  IcalTime start{};
  std::chrono::seconds length{0};
};
std::optional<IcalSpan> span_of(icalcomponent* event, icalcomponent* calendar, const ZoneSource& zones);

/// A date or time of a property, with its own TZID.
IcalTime time_in(icalproperty* property, const icaltimetype& time, icalcomponent* calendar, const ZoneSource& zones);

/// By the wall time at which each occurrence stands at first; the value is its own length, where an RDATE gives one.
/// Bounded to what touches `window`, give or take two days for zones that are not known yet.
using Occurrences = std::map<WallTime, std::optional<std::chrono::seconds>>;
Occurrences occurrences_of(icalcomponent* event, icalcomponent* calendar, const IcalSpan& span, TimeRange window,
                           const ZoneSource& zones);

bool recurs(icalcomponent* event);

}  // namespace scheduling
