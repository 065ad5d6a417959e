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

std::vector<OutboxMessage> reminder_mails(const DueReminder& reminder, const std::vector<std::string>& host_addresses,
                                          bool to_host) {
  std::vector<OutboxMessage> mails;
  if (!reminder.is_wanted) return mails;
  std::vector<Participant> hosts;
  for (const std::string& address : host_addresses) hosts.push_back({.address = address});
  const auto participants = participants_among({.address = reminder.attendee_email}, hosts, reminder.guests);
  // Who is attendee or guest of their own meeting is reminded as those are.
  const auto invited = participants_of({.address = reminder.attendee_email}, {}, reminder.guests);
  std::size_t host = 0;
  for (const Participant& each : participants) {
    const bool is_host = each.role == MailRole::host;
    const std::size_t place = is_host ? host++ : 0;
    if (is_host && !to_host && !takes_part(invited, each.address)) continue;
    // No address of the first host: a meeting may change hands before the mail is written.
    const bool is_first_host = is_host && place == 0;
    MeetingMail mail = reminder_to(reminder, each.role, is_first_host ? std::nullopt : std::optional(each.address));
    if (is_host && !is_first_host) mail.user = reminder.other_hosts[place - 1];
    mails.emplace_back(std::move(mail));
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
      std::vector<std::string> addresses{std::move(*host)};
      for (const UserId other : reminder.other_hosts) {
        auto address = address_of(transaction, other, hosts);
        if (!address) return fail(std::move(address.error()));
        addresses.push_back(std::move(*address));
      }
      auto mails = reminder_mails(reminder, addresses, to_hosts);
      queued.mails += static_cast<int>(mails.size());
      if (!mails.empty()) reminders.push_back({reminder.meeting, reminder.offset, reminder.due_at, std::move(mails)});
    }
    if (!reminders.empty()) transaction.outbox().add(reminders, now);
    return queued;
  });
}

}  // namespace scheduling
