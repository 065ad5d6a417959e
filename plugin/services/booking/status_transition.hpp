#pragma once
/// One change of a meeting's status with all that goes with it, and what a meeting begins with.
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/calendar/broken_calendar.hpp"
#include "plugin/core/mail/meeting_event.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

struct StatusTransition {
  MeetingStatus to = MeetingStatus::cancelled;
  CancelledBy by = CancelledBy::system;         ///< with `cancelled`
  std::optional<CancelReason> reason{};         ///< with `cancelled`
  std::optional<MeetingEvent> meeting_event{};  ///< none: nobody is written to
  const char* action = "";                      ///< for the audit
  UserId user{};                                ///< zero: the attendee
  std::string request_id{};
};

/// Status, audit entry, mails, reminders and the contact's activity, all in `transaction`; gives the meeting as it is
/// then. `conflict` when the meeting changed since it was read.
Result<MeetingDetails> apply_transition(Transaction& transaction, MeetingDetails details,
                                        const StatusTransition& transition, Instant now);

/// Of a meeting being written: until when a pending one waits for its host.
void set_confirmation_deadline(Meeting& meeting, const MeetingType& type);
/// Of a meeting being written: a pending one gets its reminders when it is confirmed.
std::vector<std::chrono::minutes> planned_reminders(const Meeting& meeting, const MeetingType& type);
/// What a meeting of this type begins as: pending where its host has to confirm, or where it is held. `unreadable`: of
/// its SlotContext.
MeetingStatus first_status(const Meeting& meeting, const MeetingType& type,
                           std::optional<BrokenCalendarAction> unreadable);
/// Of a meeting being written: under the policy `warn` it is noted that nobody could check the host's calendar.
Done note_unchecked(Transaction& transaction, MeetingId meeting, std::optional<BrokenCalendarAction> unreadable);
/// What people are told first of a meeting that was just booked.
MeetingEvent first_meeting_event(const Meeting& meeting);

/// How long a start is held for an attendee who has yet to prove their address.
inline constexpr std::chrono::minutes k_verification_window{30};

/// The refusal for a meeting that is no longer, or not yet, what the change needs.
Error wrong_state(MeetingStatus status);
/// Trimmed; blank becomes none. Errors: invalid_input naming `reason`.
Result<std::optional<std::string>> check_reason(const std::optional<std::string>& reason);

}  // namespace scheduling
