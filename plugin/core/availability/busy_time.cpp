#include "plugin/core/availability/busy_time.hpp"

#include <algorithm>

namespace scheduling {

TimeRange blocked_by(const BookedMeeting& meeting, const SchedulingRules& rules) {
  return {meeting.time.start() - std::max(rules.buffer_after, meeting.buffer_before),
          meeting.time.end() + std::max(rules.buffer_before, meeting.buffer_after)};
}

TimeRange blocked_by(TimeRange external, const SchedulingRules& rules) {
  return {external.start() - rules.buffer_after, external.end() + rules.buffer_before};
}

bool occupies(const BookedMeeting& meeting, const Offer& offer) {
  return is_live(meeting.status) && (!offer.moving || meeting.id != offer.moving);
}

IntervalSet busy_for(const Offer& offer, TimeRange window) {
  const TimeRange reach{window.start(), window.end() + offer.rules.duration};
  std::vector<TimeRange> busy;
  busy.reserve(offer.meetings.size() + offer.external_busy.size());
  for (const BookedMeeting& meeting : offer.meetings) {
    if (!occupies(meeting, offer)) continue;
    const TimeRange blocked = blocked_by(meeting, offer.rules);
    if (blocked.overlaps(reach)) busy.push_back(blocked);
  }
  for (const TimeRange& event : offer.external_busy) {
    const TimeRange blocked = blocked_by(event, offer.rules);
    if (blocked.overlaps(reach)) busy.push_back(blocked);
  }
  return IntervalSet{std::move(busy)};
}

std::optional<Refusal> name_busy(const Offer& offer, TimeRange candidate) {
  bool near = false;
  for (const BookedMeeting& meeting : offer.meetings) {
    if (!occupies(meeting, offer)) continue;
    if (meeting.time.overlaps(candidate)) return Refusal::busy_meeting;
    near = near || blocked_by(meeting, offer.rules).overlaps(candidate);
  }
  for (const TimeRange& event : offer.external_busy) {
    if (event.overlaps(candidate)) return Refusal::busy_external;
    near = near || blocked_by(event, offer.rules).overlaps(candidate);
  }
  if (near) return Refusal::buffer;
  return std::nullopt;
}

}  // namespace scheduling
