#include "plugin/services/booking/pending_meetings.hpp"

#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/booking/status_transition.hpp"

namespace scheduling {

Result<int> PendingMeetings::expire(int count) {
  const Instant now = clock_.now();
  auto expired = transactions_.reading(
      [&](Transaction& transaction) { return transaction.meetings().overdue_pending_meetings(now, count); });
  if (!expired) return fail(std::move(expired.error()));
  int done = 0;
  for (const MeetingId id : *expired) {
    auto changed =
        transactions_.in_transaction([&](Transaction& transaction) { return expire_one(transaction, id, now); });
    if (!changed) return fail(std::move(changed.error()));
    done += *changed ? 1 : 0;
  }
  return done;
}

/// False when somebody answered in the meantime.
Result<bool> PendingMeetings::expire_one(Transaction& transaction, MeetingId id, Instant now) const {
  auto meeting = transaction.meetings().find(id, Lock::for_update);
  if (!meeting) return fail(std::move(meeting.error()));
  const bool is_due = *meeting && (*meeting)->status == MeetingStatus::pending && (*meeting)->confirm_by &&
                      *(*meeting)->confirm_by <= now;
  if (!is_due) return false;
  auto details = load_meeting_details(transaction, std::move(**meeting));
  if (!details) return fail(std::move(details.error()));
  auto changed = apply_transition(transaction, std::move(*details),
                                  {.to = MeetingStatus::cancelled,
                                   .by = CancelledBy::system,
                                   .reason = "The host did not confirm in time.",
                                   .meeting_event = MeetingEvent::expired,
                                   .action = "expired",
                                   .user = {},
                                   .request_id = {}},
                                  now);
  if (!changed) return fail(std::move(changed.error()));
  return true;
}

}  // namespace scheduling
