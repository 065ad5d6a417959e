#include "plugin/services/booking/host_actions.hpp"

#include "plugin/core/booking/booking_policy.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/assignment/host_freedom.hpp"
#include "plugin/services/meeting/contact_meetings.hpp"

namespace scheduling {
namespace {

ContactReader reader_of(const Actor& actor) {
  return {actor.id, actor.is_admin};
}

/// A host of it, or an admin.
bool may_handle(const Actor& actor, const Meeting& meeting) {
  return actor.is_admin || is_hosted_by(meeting, actor.id);
}

}  // namespace

Result<Meeting> HostActions::shown(Transaction& transaction, const Actor& actor, Meeting meeting) const {
  if (auto hidden = hide_contacts(transaction, reader_of(actor), {&meeting, 1}); !hidden)
    return fail(std::move(hidden.error()));
  return meeting;
}

Result<MeetingDetails> HostActions::own(Transaction& transaction, const Actor& actor, MeetingId id) const {
  auto meeting = transaction.meetings().find(id, Lock::for_update);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting || !may_handle(actor, **meeting)) return fail(Code::not_found);
  return load_meeting_details(transaction, std::move(**meeting));
}

Result<std::vector<Meeting>> HostActions::list(const Actor& actor, MeetingFilter filter,
                                               const std::optional<MeetingPosition>& after, int count) {
  if (!actor.is_admin) filter.host = actor.id;
  filter.now = parts_.clock.now();
  if (filter.needs_reassignment) filter.time = MeetingTime::upcoming;
  return parts_.transactions.reading([&](Transaction& transaction) -> Result<std::vector<Meeting>> {
    auto meetings = transaction.meetings().list(filter, after, count);
    if (!meetings) return meetings;
    if (auto hidden = hide_contacts(transaction, reader_of(actor), *meetings); !hidden)
      return fail(std::move(hidden.error()));
    return meetings;
  });
}

Result<std::vector<MeetingWords>> HostActions::words_of(const Actor& actor, std::span<const Meeting> meetings) {
  return parts_.transactions.reading([&](Transaction& transaction) {
    return load_meeting_words(transaction, actor.listed_owner(), meetings, parts_.phones, parts_.clock.now());
  });
}

Result<Meeting> HostActions::get(const Actor& actor, MeetingId id) {
  return parts_.transactions.reading([&](Transaction& transaction) -> Result<Meeting> {
    auto meeting = transaction.meetings().find(id, Lock::none);
    if (!meeting) return fail(std::move(meeting.error()));
    if (!*meeting || !may_handle(actor, **meeting)) return fail(Code::not_found);
    auto details = load_meeting_details(transaction, std::move(**meeting));
    if (!details) return fail(std::move(details.error()));
    return shown(transaction, actor, std::move(details->meeting));
  });
}

Result<Meeting> HostActions::change(Transaction& transaction, const Actor& actor, MeetingDetails details,
                                    const StatusTransition& transition) const {
  auto changed = apply_transition(transaction, std::move(details), transition, parts_.clock.now());
  if (!changed) return fail(std::move(changed.error()));
  return shown(transaction, actor, std::move(changed->meeting));
}

Result<Meeting> HostActions::cancel(const Actor& actor, MeetingId id, std::optional<std::string> reason,
                                    std::string_view request_id) {
  auto checked = check_reason(reason);
  if (!checked) return fail(std::move(checked.error()));
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    if (details->meeting.status == MeetingStatus::cancelled)
      return shown(transaction, actor, std::move(details->meeting));
    if (!is_live(details->meeting.status)) return fail(wrong_state(details->meeting.status));
    return change(transaction, actor, std::move(*details),
                  {MeetingStatus::cancelled, CancelledBy::host, written_reason(*checked), MeetingEvent::cancelled,
                   "cancelled", actor.id, std::string(request_id)});
  });
}

Result<Meeting> HostActions::decline(const Actor& actor, MeetingId id, std::optional<std::string> reason,
                                     std::string_view request_id) {
  auto checked = check_reason(reason);
  if (!checked) return fail(std::move(checked.error()));
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    if (details->meeting.status != MeetingStatus::pending) return fail(wrong_state(details->meeting.status));
    return change(transaction, actor, std::move(*details),
                  {MeetingStatus::cancelled, CancelledBy::host, written_reason(*checked), MeetingEvent::declined,
                   "declined", actor.id, std::string(request_id)});
  });
}

Result<Meeting> HostActions::confirm(const Actor& actor, MeetingId id, std::string_view request_id) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    if (details->meeting.status == MeetingStatus::scheduled)
      return shown(transaction, actor, std::move(details->meeting));
    if (details->meeting.status != MeetingStatus::pending) return fail(wrong_state(details->meeting.status));
    if (details->meeting.confirm_by && parts_.clock.now() >= *details->meeting.confirm_by)
      return fail(Code::too_late, "the request has expired");
    const std::vector<UserId> hosts = hosts_of(details->meeting);
    if (auto locked = transaction.meetings().lock_hosts(hosts); !locked) return fail(std::move(locked.error()));
    for (const UserId host : hosts) {
      auto is_free = check_freedom(parts_.availability, transaction, details->type, details->meeting, host);
      if (!is_free) return fail(std::move(is_free.error()));
    }
    return change(transaction, actor, std::move(*details),
                  {MeetingStatus::scheduled, CancelledBy::system, std::nullopt, MeetingEvent::confirmed, "confirmed",
                   actor.id, std::string(request_id)});
  });
}

Result<Meeting> HostActions::record_outcome(const Actor& actor, MeetingId id, MeetingStatus to,
                                            std::string_view request_id) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    const Meeting& meeting = details->meeting;
    auto allowed = may_record_outcome(meeting.status, to, meeting.time.start(), parts_.clock.now());
    if (!allowed) return fail(std::move(allowed.error()));
    // A meeting that the job completed is completed; that somebody says so is news all the same.
    if (meeting.outcome && meeting.outcome->outcome == to)
      return shown(transaction, actor, std::move(details->meeting));
    const bool offers_again =
        to == MeetingStatus::no_show && details->type.content.settings.no_show_rebook.value_or(false);
    return change(
        transaction, actor, std::move(*details),
        {to, CancelledBy::system, std::nullopt, offers_again ? std::optional(MeetingEvent::missed) : std::nullopt,
         "outcome", actor.id, std::string(request_id)});
  });
}

}  // namespace scheduling
