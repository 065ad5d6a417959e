#include "plugin/core/booking/meeting.hpp"

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

std::optional<std::string> published_location(const Meeting& meeting) {
  if (!meeting.location) return std::nullopt;
  return published_text(*meeting.location, meeting.phone);
}

std::optional<std::string> published_cancel_reason(const Meeting& meeting) {
  if (!meeting.cancellation || !meeting.cancellation->reason) return std::nullopt;
  return published_text(*meeting.cancellation->reason);
}

}  // namespace scheduling
