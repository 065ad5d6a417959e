#pragma once
/// Hosts' calendars as they are stored, and what became of them since they were read.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plugin/core/availability/slot_context.hpp"
#include "plugin/core/schedule/host_schedule.hpp"

namespace scheduling {

/// The database in which versions and marks count. After a fail-over or a restore it is another one, and equal numbers
/// can stand for other content. Empty: none.
using DatabaseEpoch = std::string;

/// How often what decides about a host's free times has changed. Zero: never.
struct HostVersion {
  std::int64_t calendar = 0;  ///< schedule, rules, overrides, meetings, external busy time
  std::int64_t pages = 0;     ///< pages and meeting types
  DatabaseEpoch epoch{};
};

struct HostChanges {
  std::string mark{};  ///< for the next call
  DatabaseEpoch epoch{};
  std::vector<std::pair<UserId, HostVersion>> hosts{};
};

/// An event in a host's own calendar that blocks (B-9).
struct ExternalEvent {
  std::int64_t id = 0;
  TimeRange time;
};

/// A host's side of an SlotContext.
struct HostCalendarRows {
  UserId host{};
  HostVersion version{};                   ///< not newer than what stands here
  std::optional<HostSchedule> schedule{};  ///< without overrides; none: the user never saved one
  std::vector<DayOverride> overrides{};    ///< by date
  std::vector<BookedMeeting> meetings{};   ///< those that occupy time or count (B-6), by start
  std::vector<ExternalEvent> events{};     ///< by start
  CalendarReadings readings{};             ///< of the calendars that the events are from
};

/// A host's calendar as memory has it.
struct HeldCalendar {
  UserId host{};
  std::optional<std::int64_t> version{};  ///< none: it is not in memory
};

/// What became of a host's calendar since a version.
struct CalendarUpdate {
  HostVersion version{};        ///< now
  std::int64_t since = 0;       ///< the version that memory had
  bool is_complete = false;     ///< the changes below are all there were; false: only reading it as a whole tells
  CalendarReadings readings{};  ///< now; that they are younger raises no version
  /// As they are now; none: it takes no time any more, and counts for nothing.
  std::vector<std::pair<MeetingId, std::optional<BookedMeeting>>> meetings{};
  std::vector<std::pair<std::int64_t, std::optional<TimeRange>>> events{};  ///< by ExternalEvent::id
};

}  // namespace scheduling
