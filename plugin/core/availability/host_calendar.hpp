#pragma once
/// A host's own side of every offer: what they set, and what they already have. Made once, then shared
/// by all who ask; it may cover years, an offer looks only at the part around its window.
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "plugin/core/booking/meeting_status.hpp"
#include "plugin/core/calendar/broken_calendar.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/interval/interval_set.hpp"
#include "plugin/core/schedule/host_schedule.hpp"
#include "plugin/core/time/zone_rules.hpp"

namespace scheduling {

/// Buffers as a meeting keeps them: at most a day, and there are thousands of meetings in memory.
using BufferMinutes = std::chrono::duration<std::int16_t, std::ratio<60>>;

/// A meeting that the host already has. It keeps the buffers it was booked with.
struct BookedMeeting {
  MeetingId id;
  MeetingTypeId type;
  TimeRange time;
  BufferMinutes buffer_before{0};
  BufferMinutes buffer_after{0};
  MeetingStatus status = MeetingStatus::scheduled;
};

struct HostCalendar {
  std::shared_ptr<const ZoneRules> zone;  ///< of `schedule.zone`; never null
  HostSchedule schedule;                  ///< with its overrides, by date
  /// Of every type and page, as member too, by start, in whatever status: the rules pick those that count.
  std::vector<BookedMeeting> meetings;
  IntervalSet external_busy;    ///< events that block (B-9)
  CalendarReadings readings{};  ///< how well they are known
  /// No meeting reaches further from its start than this, buffers included.
  std::chrono::seconds reach_max{0};

  /// Any order; external events may overlap. Cost: O(n) when all is sorted already.
  static HostCalendar make(std::shared_ptr<const ZoneRules> zone, HostSchedule schedule,
                           std::vector<BookedMeeting> meetings, std::vector<TimeRange> external_busy);
  /// Adds one more in its place.
  void add(const BookedMeeting& meeting);
  void remove(MeetingId id);  ///< nothing when it is not there; cost O(n)
};

}  // namespace scheduling
