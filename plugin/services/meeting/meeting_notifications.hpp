#pragma once
/// What follows from a change of a meeting: mails that wait in the outbox, and the entry on the
/// contact's timeline. Built here, written with the change in its transaction.
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/mail/meeting_event.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/storage/meeting_rows.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

struct MeetingChange {
  std::optional<Instant> previous_start;  ///< of a move
  std::optional<std::string> reason;      ///< of a cancellation, as a person wrote it
  std::optional<Person> previous_host;    ///< of a reassignment; is told too
};

/// One for each participant, in their highest role, and for the former host of a hand-over, with what a mail could not
/// read from the meeting later.
std::vector<OutboxMessage> notifications_of(MeetingEvent meeting_event, const MeetingDetails& details,
                                            const MeetingChange& notes = {});

/// One entry for each thing that happened to a chain of moves: booked, each move, cancelled, its outcome. A later call
/// about the same thing replaces its entry.
/// `suggestions`: what the booker said and the contact's record does not say (B-7).
MeetingActivity activity_of(const MeetingDetails& details, UserId user, const MeetingChange& notes = {},
                            TextFields suggestions = {});

}  // namespace scheduling
