#include "plugin/services/outbox/reminder_queue.hpp"

#include "plugin/core/mail/participants.hpp"
#include "plugin/ports/crm/user_directory.hpp"

namespace scheduling {
namespace {

MeetingMail reminder_to(const DueReminder& reminder, MailRole role, std::optional<std::string> recipient) {
  MeetingMail mail;
  mail.event = MeetingEvent::reminder;
  mail.role = role;
  mail.recipient = std::move(recipient);
  if (role != MailRole::host) mail.zone = reminder.timezone;
  if (role != MailRole::host) mail.locale = reminder.locale;
  mail.sequence = reminder.sequence;
  mail.reminder_offset = reminder.offset;
  return mail;
}

}  // namespace

std::vector<OutboxMessage> reminder_mails(const DueReminder& reminder, const std::string& host_address, bool to_host) {
  std::vector<OutboxMessage> mails;
  if (!reminder.is_wanted) return mails;
  const auto participants =
      participants_of({.address = reminder.attendee_email}, {.address = host_address}, reminder.guests);
  // Who is attendee or guest of their own meeting is reminded as those are.
  const bool is_invited =
      takes_part(participants_of({.address = reminder.attendee_email}, {}, reminder.guests), host_address);
  for (const Participant& each : participants) {
    const bool is_host = each.role == MailRole::host;
    // No address of the host: a meeting may change hands before the mail is written.
    if (!is_host || to_host || is_invited)
      mails.emplace_back(reminder_to(reminder, each.role, is_host ? std::nullopt : std::optional(each.address)));
  }
  return mails;
}

Result<std::string> ReminderQueue::address_of(Transaction& transaction, UserId host, Addresses& known) {
  if (const auto found = known.find(host); found != known.end()) return found->second;
  auto person = transaction.users().find(host);
  if (!person) return fail(std::move(person.error()));
  return known.emplace(host, std::move(person->email)).first->second;
}

Result<QueuedReminders> ReminderQueue::queue(int count_max) {
  const bool to_hosts = settings_.current().remind_hosts;
  // One transaction: a reminder is taken and its mails are added, or neither.
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<QueuedReminders> {
    const Instant now = clock_.now();
    auto due = transaction.outbox().take_due_reminders(now, count_max);
    if (!due) return fail(std::move(due.error()));
    QueuedReminders queued{static_cast<int>(due->size()), 0};
    std::vector<ReminderMails> reminders;
    Addresses hosts;
    for (const DueReminder& reminder : *due) {
      auto host = address_of(transaction, reminder.host, hosts);
      if (!host) return fail(std::move(host.error()));
      auto mails = reminder_mails(reminder, *host, to_hosts);
      queued.mails += static_cast<int>(mails.size());
      if (!mails.empty()) reminders.push_back({reminder.meeting, reminder.offset, reminder.due_at, std::move(mails)});
    }
    if (!reminders.empty()) transaction.outbox().add(reminders, now);
    return queued;
  });
}

}  // namespace scheduling
