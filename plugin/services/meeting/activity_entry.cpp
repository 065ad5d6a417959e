#include "plugin/services/meeting/activity_entry.hpp"

#include "plugin/services/meeting/booking_contact.hpp"

namespace scheduling {

Done write_activity_entry(Transaction& transaction, const MeetingDetails& details, UserId user,
                          const MeetingChange& notes) {
  if (!details.meeting.contact) return {};
  auto suggestions = open_suggestions(transaction.records(), details.meeting);
  if (!suggestions) return fail(std::move(suggestions.error()));
  return transaction.records().log(activity_of(details, user, notes, std::move(*suggestions)));
}

}  // namespace scheduling
