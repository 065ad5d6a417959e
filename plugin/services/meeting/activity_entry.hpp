#pragma once
/// A meeting's entry on its contact's timeline.
#include "plugin/core/result.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/services/meeting/meeting_details.hpp"
#include "plugin/services/meeting/meeting_notifications.hpp"

namespace scheduling {

/// Writes the entry anew, with what the contact's record still does not say; nothing when the contact was deleted.
/// `user`: who did it; zero: the attendee or the system.
Done write_activity_entry(Transaction& transaction, const MeetingDetails& details, UserId user,
                          const MeetingChange& notes = {});

}  // namespace scheduling
