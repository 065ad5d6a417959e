#include "plugin/core/booking/booking_policy.hpp"

#include <algorithm>
#include <string>

namespace scheduling {

Instant last_change(Instant start, std::chrono::minutes notice) {
  // The meeting must not have begun: with no notice the last second before it still counts.
  return std::min(start - notice, start - std::chrono::seconds{1});
}

Done may_still_change(MeetingStatus status, Instant start, std::chrono::minutes notice, Instant now) {
  if (!is_live(status)) return fail(Code::conflict, "the meeting is " + std::string(name_of(status)));
  if (now > last_change(start, notice)) return fail(Code::too_late);
  return {};
}

Done may_record_outcome(MeetingStatus status, MeetingStatus outcome, Instant start, Instant now) {
  if (outcome != MeetingStatus::completed && outcome != MeetingStatus::no_show) {
    return fail(invalid_field("outcome", "invalid_option", "Choose completed or no_show."));
  }
  if (now < start) return fail(Code::conflict, "the meeting has not begun");
  if (status != outcome && !may_become(status, outcome)) {
    return fail(Code::conflict, "the meeting is " + std::string(name_of(status)));
  }
  return {};
}

}  // namespace scheduling
