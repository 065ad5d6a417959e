#pragma once
/// The meetings of one contact, as its page in the CRM shows them.
#include <optional>
#include <string>

#include "plugin/core/booking/meeting_status.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/interval/time_range.hpp"

namespace scheduling {

struct ContactMeeting {
  MeetingId id{};
  std::string type_name{};
  UserId host{};
  TimeRange time;
  MeetingStatus status = MeetingStatus::scheduled;
};

struct ContactMeetingsQuery {
  ContactId contact{};
  std::optional<UserId> host{};  ///< absent: everybody's, for admins
  Instant now{};
  int ahead_max = 0;
  int past_max = 0;
};

}  // namespace scheduling
