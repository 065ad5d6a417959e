#include "plugin/core/calendar/broken_calendar.hpp"

namespace scheduling {

std::optional<BrokenCalendarAction> broken_calendar_action_of(std::string_view name) {
  if (name == "block") return BrokenCalendarAction::block;
  if (name == "warn") return BrokenCalendarAction::warn;
  if (name == "request") return BrokenCalendarAction::request;
  return std::nullopt;
}

bool is_unreadable(const CalendarReadings& readings, std::chrono::minutes stale_after, Instant now) {
  if (readings.has_broken) return true;
  return readings.last_of_all && *readings.last_of_all + stale_after < now;
}

}  // namespace scheduling
