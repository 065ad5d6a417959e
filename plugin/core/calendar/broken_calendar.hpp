#pragma once
/// What happens to a host's free times while a calendar that is to block them cannot be read. Source: behaviour B-9.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "plugin/core/time/instant.hpp"

namespace scheduling {

enum class BrokenCalendarAction : std::uint8_t {
  block,    ///< nothing is offered
  warn,     ///< offered; the meeting is marked as unchecked
  request,  ///< offered; the host confirms
};
std::optional<BrokenCalendarAction> broken_calendar_action_of(std::string_view name);

struct BrokenCalendarPolicy {
  BrokenCalendarAction action = BrokenCalendarAction::warn;
  std::chrono::minutes stale_after{60};
};

/// How the calendars that are to block a host's time were read.
struct CalendarReadings {
  bool has_broken = false;               ///< one of them is broken, or was never read
  std::optional<Instant> last_of_all{};  ///< when the one that waits longest was read; none: there is no such calendar

  friend bool operator==(const CalendarReadings&, const CalendarReadings&) = default;
};

/// Whether what blocks the host is not known well enough at `now`.
bool is_unreadable(const CalendarReadings& readings, std::chrono::minutes stale_after, Instant now);

}  // namespace scheduling
