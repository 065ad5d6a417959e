#pragma once
/// A meeting's entry on its contact's timeline.
#include "plugin/core/result.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/services/meeting/meeting_notifications.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

/// Writes the entry anew, with what the contact's record still does not say; nothing when the contact was deleted.
/// `user`: who did it; zero: the attendee or the system.
Done log_on_timeline(Transaction& transaction, const MeetingSheet& sheet, UserId user, const EffectNotes& notes = {});

}  // namespace scheduling
