#pragma once
/// One change of a meeting's status with all that goes with it. Private to MeetingBookingService.
#include "plugin/services/meeting_booking_service.hpp"

namespace scheduling {

struct MeetingBookingService::Settling {
  MeetingStatus to = MeetingStatus::cancelled;
  CancelledBy by = CancelledBy::system;       ///< with `cancelled`
  std::optional<std::string> reason{};        ///< with `cancelled`
  std::optional<Occasion> occasion{};         ///< none: nobody is written to
  const char* action = "";                    ///< for the audit
  UserId user{};                              ///< zero: the attendee
  std::string request_id{};
};

/// Trimmed; blank becomes none. Errors: invalid_input naming `reason`.
Result<std::optional<std::string>> check_reason(const std::optional<std::string>& reason);

}  // namespace scheduling
