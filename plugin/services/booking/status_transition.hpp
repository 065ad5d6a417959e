#pragma once
/// One change of a meeting's status with all that goes with it, and what a meeting begins with. Private to
/// MeetingBookingService.
#include "plugin/services/booking/meeting_booking_service.hpp"

namespace scheduling {

struct MeetingBookingService::StatusTransition {
  MeetingStatus to = MeetingStatus::cancelled;
  CancelledBy by = CancelledBy::system;         ///< with `cancelled`
  std::optional<CancelReason> reason{};         ///< with `cancelled`
  std::optional<MeetingEvent> meeting_event{};  ///< none: nobody is written to
  const char* action = "";                      ///< for the audit
  UserId user{};                                ///< zero: the attendee
  std::string request_id{};
};

/// Of a meeting being written: until when a pending one waits for its host.
void set_confirmation_deadline(Meeting& meeting, const MeetingType& type);
/// Of a meeting being written: a pending one gets its reminders when it is confirmed.
std::vector<std::chrono::minutes> planned_reminders(const Meeting& meeting, const MeetingType& type);

/// Trimmed; blank becomes none. Errors: invalid_input naming `reason`.
Result<std::optional<std::string>> check_reason(const std::optional<std::string>& reason);

}  // namespace scheduling
