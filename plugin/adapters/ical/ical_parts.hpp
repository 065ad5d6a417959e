#pragma once
/// What reading and writing iCalendar text share. Thread: any.
#include <libical/ical.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace scheduling {

struct FreeIcalComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using IcalComponent = std::unique_ptr<icalcomponent, FreeIcalComponent>;

/// Built from its parts: icaltime's own zone lookups would read zone files.
icaltimetype ical_utc(std::chrono::sys_seconds at);
/// A text of several lines. The library escapes a tab as "\\t", which RFC 5545 does not know; other control
/// characters have no place in a calendar file.
std::string ical_lines(std::string_view text);
std::string ical_string(icalcomponent* component);

}  // namespace scheduling
