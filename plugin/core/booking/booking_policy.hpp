#pragma once
/// Until when an attendee may cancel or move a meeting (B-5), and what a host may make of it.
#include <chrono>

#include "plugin/core/booking/meeting_status.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

/// Done while `start >= now + notice` and the meeting has not begun; too_late after. A meeting that is
/// over or was cancelled before is `conflict`, except that cancelling twice is the caller's to allow.
Done may_still_change(MeetingStatus status, Instant start, std::chrono::minutes notice, Instant now);

/// The last instant at which may_still_change() agrees.
Instant last_change(Instant start, std::chrono::minutes notice);

/// completed or no_show: only for a meeting that has begun, and only along may_become().
Done may_record_outcome(MeetingStatus status, MeetingStatus outcome, Instant start, Instant now);

}  // namespace scheduling
