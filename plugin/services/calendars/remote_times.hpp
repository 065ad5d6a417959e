#pragma once
/// When a provider's event takes place.
#include <optional>
#include <string>

#include "plugin/core/calendar/remote_event.hpp"
#include "plugin/ports/zone_source.hpp"

namespace scheduling {

/// Dates and wall times without a known zone of their own are in the calendar's. None for an event without a readable
/// time, or without length.
std::optional<TimeRange> time_of(const RemoteEvent& event, const std::string& calendar_zone, const ZoneSource& zones);

}  // namespace scheduling
