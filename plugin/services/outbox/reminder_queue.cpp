#include "plugin/services/outbox/reminder_queue.hpp"

namespace scheduling {
namespace {

MeetingMail reminder_to(const DueReminder& reminder, MailRole role, std::optional<std::string> recipient) {
  MeetingMail mail;
  mail.event = MeetingEvent::reminder;
  mail.role = role;
  mail.recipient = std::move(recipient);
  mail.zone = role == MailRole::host ? reminder.host_timezone : reminder.timezone;
  mail.locale = reminder.locale;
  mail.sequence = reminder.sequence;
  mail.reminder_offset = reminder.offset;
  return mail;
}

}  // namespace

std::vector<OutboxMessage> reminder_mails(const DueReminder& reminder, bool to_host) {
  std::vector<OutboxMessage> mails;
  if (!reminder.is_wanted) return mails;
  mails.push_back(reminder_to(reminder, MailRole::attendee, reminder.attendee_email));
  for (const std::string& guest : reminder.guests) mails.push_back(reminder_to(reminder, MailRole::guest, guest));
  // No address: a meeting may change hands before the mail is written.
  if (to_host) mails.push_back(reminder_to(reminder, MailRole::host, std::nullopt));
  return mails;
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
    for (const DueReminder& reminder : *due) {
      auto mails = reminder_mails(reminder, to_hosts);
      queued.mails += static_cast<int>(mails.size());
      if (!mails.empty()) reminders.push_back({reminder.meeting, reminder.offset, reminder.due_at, std::move(mails)});
    }
    if (!reminders.empty()) transaction.outbox().add(reminders, now);
    return queued;
  });
}

}  // namespace scheduling
