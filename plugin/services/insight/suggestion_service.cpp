#include "plugin/services/insight/suggestion_service.hpp"

#include <algorithm>
#include <limits>

#include "plugin/core/booking/email_address.hpp"
#include "plugin/core/mail/participants.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/meeting/activity_entry.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {
namespace {

constexpr int k_batch = 200;
constexpr std::int64_t k_no_id = std::numeric_limits<std::int64_t>::max();

Result<std::vector<ContactId>> seen_contacts(Transaction& transaction, const Actor& actor,
                                             const std::vector<Suggestion>& suggestions) {
  std::vector<ContactId> asked;
  for (const Suggestion& each : suggestions)
    if (std::ranges::find(asked, each.contact) == asked.end()) asked.push_back(each.contact);
  if (actor.is_admin || asked.empty()) return asked;
  return transaction.records().seen_by({actor.id, actor.is_admin}, asked);
}

/// The new address hears of the meeting as if it had been booked with it.
std::vector<OutboxMessage> first_mail(const MeetingDetails& details) {
  const Meeting& meeting = details.meeting;
  std::vector<OutboxMessage> messages;
  for (const Participant& each : participants_of(meeting, details.host.name, details.host.email)) {
    if (each.role != MailRole::attendee || !meeting.held_for_review.empty()) continue;
    MeetingMail mail;
    mail.event = meeting.status == MeetingStatus::pending ? MeetingEvent::requested : MeetingEvent::booked;
    mail.role = MailRole::attendee;
    mail.recipient = each.address;
    mail.zone = meeting.timezone.name();
    mail.locale = meeting.locale.value_or("");
    mail.sequence = meeting.ical_sequence;
    mail.told_host = meeting.host;
    mail.told_others = meeting.other_hosts;
    mail.told_status = meeting.status;
    messages.emplace_back(std::move(mail));
  }
  return messages;
}

}  // namespace

Result<std::vector<Suggestion>> SuggestionService::list(const Actor& actor, const SuggestionFilter& filter,
                                                        std::int64_t before, int count) {
  return transactions_.reading([&](Transaction& transaction) -> Result<std::vector<Suggestion>> {
    std::vector<Suggestion> shown;
    // The CRM alone knows which contacts a rep sees, so rows are read until enough of them are theirs.
    while (shown.size() < static_cast<std::size_t>(count)) {
      auto rows = transaction.suggestions().list(filter, before, k_batch);
      if (!rows) return rows;
      auto seen = seen_contacts(transaction, actor, *rows);
      if (!seen) return fail(std::move(seen.error()));
      for (Suggestion& row : *rows) {
        before = row.id;
        if (std::ranges::find(*seen, row.contact) != seen->end()) shown.push_back(std::move(row));
      }
      if (rows->size() < std::size_t{k_batch}) break;
    }
    if (shown.size() > static_cast<std::size_t>(count)) shown.resize(static_cast<std::size_t>(count));
    return shown;
  });
}

Result<std::vector<Suggestion>> SuggestionService::open_of(Transaction& transaction, ContactId contact, int count) {
  return transaction.suggestions().list({.status = SuggestionStatus::open, .contact = contact, .meeting = {}}, k_no_id,
                                        count);
}

Result<Suggestion> SuggestionService::find_open(Transaction& transaction, const Actor& actor, std::int64_t id) const {
  auto found = transaction.suggestions().find_for_update(id);
  if (!found) return fail(std::move(found.error()));
  if (!*found) return fail(Code::not_found);
  auto seen = seen_contacts(transaction, actor, {**found});
  if (!seen) return fail(std::move(seen.error()));
  if (seen->empty()) return fail(Code::not_found);
  if ((*found)->status != SuggestionStatus::open)
    return fail(Code::conflict, "the suggestion is " + std::string(name_of((*found)->status)));
  return std::move(**found);
}

Result<Suggestion> SuggestionService::answered(Transaction& transaction, const Actor& actor, Suggestion suggestion,
                                               SuggestionStatus status, std::string_view request_id) const {
  auto done =
      transaction.suggestions().answer({suggestion.id, status, actor.id, std::string(request_id), clock_.now()});
  if (!done) return fail(std::move(done.error()));
  suggestion.status = status;
  return suggestion;
}

Result<Suggestion> SuggestionService::accept(const Actor& actor, std::int64_t id, std::string_view request_id) {
  std::optional<Suggestion> reassign;
  auto accepted = transactions_.in_transaction([&](Transaction& transaction) -> Result<Suggestion> {
    auto found = find_open(transaction, actor, id);
    if (!found) return found;
    reassign.reset();
    if (found->kind == SuggestionKind::reassign) {
      reassign = *found;
      return found;
    }
    if (auto applied = apply(transaction, actor, *found); !applied) return fail(std::move(applied.error()));
    return answered(transaction, actor, std::move(*found), SuggestionStatus::accepted, request_id);
  });
  if (accepted && reassign) return accept_reassign(actor, *reassign, request_id);
  return accepted;
}

/// Handing a meeting over is a transaction of its own; a meeting that is already the owner's stays as it is, so whoever
/// repeats this finishes it.
Result<Suggestion> SuggestionService::accept_reassign(const Actor& actor, const Suggestion& suggestion,
                                                      std::string_view request_id) {
  if (!suggestion.meeting) return fail(Code::conflict, "the suggestion names no meeting");
  auto plan = transactions_.reading([&](Transaction& transaction) -> Result<std::pair<MeetingId, UserId>> {
    auto newest = transaction.suggestions().newest_of_chain(*suggestion.meeting);
    if (!newest) return fail(std::move(newest.error()));
    auto contact = transaction.records().find(suggestion.contact);
    if (!contact) return fail(std::move(contact.error()));
    if (!*newest || !contact->owner) return fail(Code::conflict, "the contact has no owner any more");
    return std::pair{**newest, contact->owner};
  });
  if (!plan) return fail(std::move(plan.error()));
  // Who may see the contact may give the meeting to the contact's owner, whoever hosts it now.
  const Actor deciding{actor.id, true, actor.timezone};
  auto moved = handover_.reassign(deciding, plan->first, {plan->second, std::nullopt, std::string(request_id)});
  if (!moved) return fail(std::move(moved.error()));
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<Suggestion> {
    auto found = find_open(transaction, actor, suggestion.id);
    if (!found) return found;
    return answered(transaction, actor, std::move(*found), SuggestionStatus::accepted, request_id);
  });
}

Result<std::vector<HandoverCandidate>> SuggestionService::candidates(const Actor& actor, std::int64_t id) {
  auto meeting = transactions_.in_transaction([&](Transaction& transaction) -> Result<MeetingId> {
    auto found = find_open(transaction, actor, id);
    if (!found) return fail(std::move(found.error()));
    if (!found->meeting) return fail(Code::not_found);
    auto newest = transaction.suggestions().newest_of_chain(*found->meeting);
    if (!newest) return fail(std::move(newest.error()));
    return newest->value_or(*found->meeting);
  });
  if (!meeting) return fail(std::move(meeting.error()));
  return handover_.candidates({actor.id, true, actor.timezone}, *meeting);
}

Result<Suggestion> SuggestionService::dismiss(const Actor& actor, std::int64_t id, std::string_view request_id) {
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<Suggestion> {
    auto found = find_open(transaction, actor, id);
    if (!found) return found;
    return answered(transaction, actor, std::move(*found), SuggestionStatus::dismissed, request_id);
  });
}

Done SuggestionService::apply(Transaction& transaction, const Actor& actor, const Suggestion& suggestion) const {
  if (suggestion.kind == SuggestionKind::attendee_email) return move_mails(transaction, actor, suggestion);
  return transaction.records().change(suggestion.contact, {{suggestion.field, suggestion.proposed}}, actor.id);
}

Done SuggestionService::move_mails(Transaction& transaction, const Actor& actor, const Suggestion& suggestion) const {
  const auto address = EmailAddress::parse(suggestion.proposed);
  if (!address || !suggestion.meeting) return fail(Code::conflict, "there is no address to write to");
  auto newest = transaction.suggestions().newest_of_chain(*suggestion.meeting);
  if (!newest) return fail(std::move(newest.error()));
  if (!*newest) return fail(Code::conflict, "the meeting is gone");
  auto meeting = transaction.meetings().find(**newest, Lock::for_update);
  if (!meeting) return fail(std::move(meeting.error()));
  const Instant now = clock_.now();
  if (!*meeting || !is_live((*meeting)->status) || (*meeting)->time.end() <= now)
    return fail(Code::conflict, "the meeting is over");
  auto details = load_meeting_details(transaction, std::move(**meeting));
  if (!details) return fail(std::move(details.error()));
  details->meeting.attendee_email = address->text();
  details->meeting.updated_at = now;
  ++details->meeting.ical_sequence;
  auto moved = transaction.suggestions().move_mails(
      {details->meeting.id, address->text(), address->key(), first_mail(*details), now});
  if (!moved) return fail(std::move(moved.error()));
  if (!*moved) return fail(Code::conflict, "the meeting changed meanwhile");
  return write_activity_entry(transaction, *details, actor.id);
}

}  // namespace scheduling
