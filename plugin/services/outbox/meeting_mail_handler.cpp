#include "plugin/services/outbox/meeting_mail_handler.hpp"

#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/meeting/activity_entry.hpp"

namespace scheduling {
namespace {

using End = HandlerOutcome::End;

constexpr std::chrono::seconds k_room_look{5};

End end_of(MailFate fate) {
  switch (fate) {
    case MailFate::accepted: return End::done;
    case MailFate::refused_for_now: return End::refused_for_now;
    case MailFate::refused: return End::refused_for_good;
  }
  return End::refused_for_now;
}

/// SMTP's refusals begin with their code. Other words tell of a connection that broke, maybe after the mail was taken.
bool is_answer(std::string_view reply) {
  return reply.starts_with('4') || reply.starts_with('5');
}

}  // namespace

std::string MeetingMailHandler::blocked() const {
  return mailer_.is_configured() ? std::string() : "no mail server is configured";
}

void MeetingMailHandler::ask_ahead(Transaction& transaction, const ClaimedMessage& message) {
  transaction.outbox().ask_ahead(message, OutboxRepository::Ahead::text);
}

Result<std::string> MeetingMailHandler::obsolete(Transaction& transaction, const ClaimedMessage& message) {
  transaction.outbox().ask_ahead(message, OutboxRepository::Ahead::wanted);
  return composer_.obsolete(transaction, message.id, message.meeting, std::get<MeetingMail>(message.message));
}

Result<HandlerOutcome> MeetingMailHandler::handle(Transaction& transaction, const ClaimedMessage& message) {
  const MeetingMail& mail = std::get<MeetingMail>(message.message);
  auto written = composer_.write(transaction, message.id, message.meeting, mail);
  if (!written) return fail(std::move(written.error()));
  if (auto* obsolete = std::get_if<Obsolete>(&*written)) return HandlerOutcome{End::obsolete, std::move(obsolete->why)};
  if (std::holds_alternative<AwaitsRoom>(*written))
    return HandlerOutcome{.end = End::postponed, .retry_after = k_room_look};
  auto result = mailer_.send(std::get<WrittenMail>(*written).mail);
  if (!result) return fail(std::move(result.error()));
  if (result->fate != MailFate::accepted)
    return HandlerOutcome{end_of(result->fate), HeaderText(result->reply).text(),
                          result->fate == MailFate::refused || is_answer(result->reply)};
  if (mail.event == MeetingEvent::reminder) transaction.outbox().note_reminder_sent(message.meeting);
  return HandlerOutcome{};
}

Done MeetingMailHandler::give_up(Transaction& transaction, const ClaimedMessage& message, const std::string& reason) {
  auto meeting = transaction.meetings().find(message.meeting, Lock::none);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting) return {};
  auto details = load_meeting_details(transaction, std::move(**meeting));
  if (!details) return fail(std::move(details.error()));
  const MeetingMail& mail = std::get<MeetingMail>(message.message);
  const std::string address = mail.role == MailRole::host ? details->host.email : mail.recipient.value_or("");
  const auto recipient = EmailAddress::parse(address);  // as its owner wrote it, tidied
  auto noted =
      transaction.outbox().note_refusal(message, recipient ? recipient->text() : address, reason, clock_.now());
  if (!noted) return noted;
  // An older half of a chain is not what the timeline shows.
  if (details->meeting.status == MeetingStatus::rescheduled) return {};
  auto with_note = transaction.meetings().find(message.meeting, Lock::none);
  if (!with_note) return fail(std::move(with_note.error()));
  if (!*with_note) return {};
  details->meeting = std::move(**with_note);
  return write_activity_entry(transaction, *details, {});
}

}  // namespace scheduling
