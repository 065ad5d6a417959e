#pragma once
#include <memory>

#include "plugin/ports/calendar/calendar_objects.hpp"
#include "plugin/ports/zone_source.hpp"

namespace scheduling {

std::unique_ptr<CalendarObjects> make_ical_objects(const ZoneSource& zones);

}  // namespace scheduling
