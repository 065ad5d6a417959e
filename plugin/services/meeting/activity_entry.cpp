#include "plugin/services/meeting/activity_entry.hpp"

#include "plugin/services/meeting/booking_contact.hpp"

namespace scheduling {

Done log_on_timeline(Transaction& transaction, const MeetingSheet& sheet, UserId user, const EffectNotes& notes) {
  if (!sheet.meeting.contact) return {};
  auto suggestions = open_suggestions(transaction.records(), sheet.meeting);
  if (!suggestions) return fail(std::move(suggestions.error()));
  return transaction.records().log(activity_of(sheet, user, notes, std::move(*suggestions)));
}

}  // namespace scheduling
