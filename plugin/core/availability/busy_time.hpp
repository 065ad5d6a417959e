#pragma once
/// When a candidate cannot take place because of what the host already has (B-4).
#include <optional>
#include <span>

#include "plugin/core/availability/find_slots.hpp"
#include "plugin/core/interval/interval_set.hpp"

namespace scheduling {

/// What `meeting` blocks for a candidate under `rules`. The sides swap: what must be free after the
/// candidate must be free before the meeting. Two neighbours may share the same free time, so the gap
/// is the greater of the two buffers, not their sum.
TimeRange blocked_by(const BookedMeeting& meeting, const SchedulingRules& rules);
/// The same for an external event: only the candidate's own buffers count.
TimeRange blocked_by(TimeRange external, const SchedulingRules& rules);

/// True when `meeting` occupies the host: live, and not the one being moved.
bool occupies(const BookedMeeting& meeting, const SlotContext& context);

/// Those that could come, with their own buffers, within `margin` of `window`; some of them do not.
/// Cost: two binary searches, however many meetings the host ever had.
std::span<const BookedMeeting> meetings_near(const HostCalendar& host, TimeRange window, std::chrono::seconds margin);
std::span<const TimeRange> external_near(const HostCalendar& host, TimeRange window, std::chrono::seconds margin);

/// All of it that can matter for starts in `window`: a candidate is free if it overlaps none of it.
[[nodiscard]] IntervalSet busy_for(const SlotContext& context, TimeRange window);

/// What stands in a candidate's way.
struct Conflict {
  UnavailableReason rule;       ///< busy_meeting, busy_external or buffer
  TimeRange time;               ///< of the meeting or the event, without buffers
  MeetingId meeting;            ///< zero: an external event
  std::chrono::minutes gap{0};  ///< with buffer: how much must stay free between the two
};

/// Nothing for a candidate that busy_for() lets pass.
std::optional<Conflict> find_conflict(const SlotContext& context, TimeRange candidate);
/// Its rule only.
std::optional<UnavailableReason> name_busy(const SlotContext& context, TimeRange candidate);

}  // namespace scheduling
