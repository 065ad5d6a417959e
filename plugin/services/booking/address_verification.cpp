#include "plugin/services/booking/address_verification.hpp"

#include <algorithm>

#include "plugin/core/mail/reminder_plan.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/assignment/host_freedom.hpp"
#include "plugin/services/booking/status_transition.hpp"
#include "plugin/services/meeting/booking_contact.hpp"
#include "plugin/services/meeting/meeting_notifications.hpp"

namespace scheduling {
namespace {

/// The booking again, as far as it is measured.
BookingCommand command_of(const Meeting& meeting, const ClientOrigin& client) {
  BookingCommand command;
  command.attendee.attendee_email = meeting.attendee_email;
  command.attendee.guests = meeting.guests;
  command.client = client;
  return command;
}

Result<AttendeeDetails> attendee_of(const Meeting& meeting) {
  auto address = EmailAddress::parse(meeting.attendee_email);
  if (!address) return fail(Code::broken, "a stored address is none");
  return AttendeeDetails{meeting.attendee_name, std::move(*address), meeting.phone, meeting.notes, meeting.answers, {},
                         meeting.locale,        meeting.utm};
}

bool is_for_guest(const OutboxMessage& message) {
  const auto* mail = std::get_if<MeetingMail>(&message);
  return mail != nullptr && mail->role == MailRole::guest;
}

/// The attendee's first mail has left already, so only those to guests are first ones.
std::vector<UseEntry> hold_guest_mails(std::vector<OutboxMessage>& messages, const BookingAdmission& admission) {
  const auto guests = std::stable_partition(messages.begin(), messages.end(),
                                            [](const OutboxMessage& one) { return !is_for_guest(one); });
  std::vector<OutboxMessage> to_guests(guests, messages.end());
  auto uses = admission.hold_mails(to_guests, 0);
  std::ranges::move(to_guests, guests);
  return uses;
}

}  // namespace

Result<MeetingDetails> AddressVerification::load(Transaction& transaction, MeetingId id) const {
  auto meeting = transaction.meetings().find(id, Lock::for_update);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting) return fail(Code::not_found);
  const bool is_over = (*meeting)->awaits_verification &&
                       ((*meeting)->status != MeetingStatus::pending || parts_.clock.now() >= (*meeting)->confirm_by);
  if (is_over || parts_.clock.now() >= (*meeting)->time.end()) return fail(Code::token_expired);
  return load_meeting_details(transaction, std::move(**meeting));
}

Result<MeetingDetails> AddressVerification::find(std::string_view token) {
  const auto id = parts_.tokens.open_verification(token);
  if (!id) return fail(Code::not_found);
  return parts_.transactions.reading([&](Transaction& transaction) { return load(transaction, *id); });
}

Result<Booking> AddressVerification::confirm(std::string_view token, const ClientOrigin& client,
                                             std::string_view request_id) {
  const auto id = parts_.tokens.open_verification(token);
  if (!id) return fail(Code::not_found);
  return parts_.transactions.in_transaction(
      [&](Transaction& transaction) { return confirm_in(transaction, *id, client, request_id); });
}

Result<Booking> AddressVerification::confirm_in(Transaction& transaction, MeetingId id, const ClientOrigin& client,
                                                std::string_view request_id) {
  auto details = load(transaction, id);
  if (!details) return fail(std::move(details.error()));
  if (!details->meeting.awaits_verification) return with_token(transaction, std::move(*details), true);
  const BookingCommand command = command_of(details->meeting, client);
  BookingAdmission admission(parts_, command);
  const auto questions = admission.questions(details->type.page);
  if (!questions) return fail(Code::broken, "a stored address is none");
  if (auto told = tell(transaction, *details, admission, *questions, request_id); !told)
    return fail(std::move(told.error()));
  return with_token(transaction, std::move(*details), false);
}

Result<void> AddressVerification::tell(Transaction& transaction, MeetingDetails& details, BookingAdmission& admission,
                                       const AttendeeQuestions& questions, std::string_view request_id) {
  Meeting& meeting = details.meeting;
  const HeldCalendar calendar{meeting.host, {}};
  auto opened = transaction.bookings().open({&calendar, 1}, &questions);
  if (!opened) return fail(std::move(opened.error()));
  admission.take(questions, *opened);
  auto attendee = attendee_of(meeting);
  if (!attendee) return fail(std::move(attendee.error()));
  const MatchedContact contact = match_contact(opened->contacts, meeting.host, *attendee);
  auto prepared = transaction.bookings().prepare(contact.choice);
  if (!prepared) return fail(std::move(prepared.error()));

  const Instant now = parts_.clock.now();
  meeting.contact = prepared->contact;
  meeting.awaits_verification = false;
  meeting.updated_at = now;
  std::vector<SlotContext> contexts;
  for (const UserId host : hosts_of(meeting)) {
    auto context = parts_.availability.load_slot_context(transaction, details.type, host, meeting.time, meeting.id);
    if (!context) return fail(std::move(context.error()));
    contexts.push_back(std::move(*context));
  }
  meeting.status = first_status(meeting, details.type, unreadable_of(contexts));
  set_confirmation_deadline(meeting, details.type);
  AuditEntry audit{"address_verified", AuditEntry::Actor::attendee, {}, std::string(request_id), {}};
  std::vector<OutboxMessage> messages = notifications_of(first_meeting_event(meeting), details);
  VerifiedMeeting verified{meeting, std::move(audit), std::move(messages), {}, {}, {}, {}};
  verified.uses = hold_guest_mails(verified.messages, admission);
  verified.suggestions = contact.suggestions;
  verified.suggested_host = owner_elsewhere(details, contact.choice);
  if (meeting.status == MeetingStatus::scheduled)
    verified.reminders =
        plan_reminders(details.type.content.settings.reminders_or_default(), meeting.time.start(), now);
  auto done =
      transaction.bookings().verify(verified, activity_of(details, {}, {}, proposed_fields(contact.suggestions)));
  if (!done) return fail(std::move(done.error()));
  if (!*done) return fail(Code::conflict, "the meeting changed meanwhile");
  return {};
}

Result<Booking> AddressVerification::with_token(Transaction& transaction, MeetingDetails details,
                                                bool is_repeated) const {
  auto sealed = transaction.meetings().find_token(details.meeting.chain);
  if (!sealed) return fail(std::move(sealed.error()));
  if (!*sealed) return fail(Code::not_found);
  auto token = parts_.tokens.unseal((*sealed)->sealed, details.meeting.ical_uid);
  if (!token) return fail(std::move(token.error()));
  return Booking{std::move(details), std::move(*token), is_repeated};
}

}  // namespace scheduling
