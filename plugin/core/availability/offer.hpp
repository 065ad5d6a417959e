#pragma once
/// All that decides when one host can be booked for one meeting type. Loaded once, then pure.
#include <chrono>
#include <memory>
#include <vector>

#include "plugin/core/availability/host_schedule.hpp"
#include "plugin/core/availability/scheduling_rules.hpp"
#include "plugin/core/booking/meeting_status.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/interval/time_range.hpp"
#include "plugin/core/time/zone_rules.hpp"

namespace scheduling {

/// A meeting that the host already has. It keeps the buffers it was booked with.
struct BookedMeeting {
  MeetingId id;
  MeetingTypeId type;
  TimeRange time;
  std::chrono::minutes buffer_before{0};
  std::chrono::minutes buffer_after{0};
  MeetingStatus status = MeetingStatus::scheduled;
};

struct Offer {
  std::shared_ptr<const ZoneRules> zone;  ///< of `host.zone`; never null
  HostSchedule host;
  SchedulingRules rules;
  MeetingTypeId type;
  /// The host's meetings of every type and page, as member too, in whatever status: the core picks
  /// those that count. Must cover state_needed_for(window) of every window asked about.
  std::vector<BookedMeeting> meetings;
  std::vector<TimeRange> external_busy;  ///< events that block (B-9); the same cover
  Instant now;
  MeetingId moving;  ///< a meeting that does not count against itself; zero: none
};

/// The stretch whose meetings and external events decide about starts in `window`: the whole weeks of
/// any zone and week start, the longest meeting and the longest buffers.
TimeRange state_needed_for(TimeRange window);
/// The host dates, first and last inclusive, whose overrides decide about starts in `window`, in any zone.
std::pair<LocalDate, LocalDate> dates_needed_for(TimeRange window);

}  // namespace scheduling
