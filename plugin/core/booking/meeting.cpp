#include "plugin/core/booking/meeting.hpp"

#include <algorithm>

namespace scheduling {

std::string_view name_of(CancelledBy by) {
  switch (by) {
    case CancelledBy::attendee: return "attendee";
    case CancelledBy::host: return "host";
    case CancelledBy::system: return "system";
  }
  return "system";
}

std::optional<CancelledBy> cancelled_by_of(std::string_view name) {
  for (const CancelledBy by : {CancelledBy::attendee, CancelledBy::host, CancelledBy::system}) {
    if (name == name_of(by)) return by;
  }
  return std::nullopt;
}

std::vector<UserId> hosts_of(const Meeting& meeting) {
  std::vector<UserId> hosts{meeting.host};
  hosts.insert(hosts.end(), meeting.other_hosts.begin(), meeting.other_hosts.end());
  return hosts;
}

bool is_hosted_by(const Meeting& meeting, UserId user) {
  return meeting.host == user || std::ranges::find(meeting.other_hosts, user) != meeting.other_hosts.end();
}

std::optional<Location> location_for_attendee(const Meeting& meeting) {
  if (!meeting.location || meeting.status != MeetingStatus::pending) return meeting.location;
  return Location{meeting.location->kind, open_details(meeting.location->kind, meeting.location->details), {}};
}

std::optional<std::string> published_location(const Meeting& meeting) {
  if (!meeting.location) return std::nullopt;
  return published_text(*meeting.location, meeting.phone);
}

std::optional<std::string> published_cancel_reason(const Meeting& meeting) {
  if (!meeting.cancellation || !meeting.cancellation->reason) return std::nullopt;
  return published_text(*meeting.cancellation->reason);
}

}  // namespace scheduling
