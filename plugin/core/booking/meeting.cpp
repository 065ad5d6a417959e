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

}  // namespace scheduling
