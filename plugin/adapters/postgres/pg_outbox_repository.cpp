#include "plugin/adapters/postgres/pg_outbox_repository.hpp"

#include "plugin/adapters/postgres/array_text.hpp"
#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/json/json_text.hpp"
#include "plugin/json/meeting_json.hpp"
#include "plugin/json/outbox_json.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::outbox_repository;
using crm::sdk::Param;
using crm::sdk::RowReader;

/// Longer than any mail server may take; see Mailer.
constexpr const char* k_idle_allowed = "300s";

/// Mails, whatever else waits in the table.
std::string mail_kinds() {
  return array_text(stored_kinds(OutboxKind::meeting_mail));
}

StoredMessage read_message(RowReader& row, std::string kind) {
  StoredMessage stored{std::move(kind), row.next_or_null<std::string>(), {}};
  stored.payload = row.next<std::string>();
  return stored;
}

Result<ClaimedMessage> read_claimed(RowReader& row) {
  ClaimedMessage claimed;
  claimed.id = OutboxId{row.next<std::int64_t>()};
  std::string kind = row.next<std::string>();
  claimed.meeting = MeetingId{row.next_or_null<std::int64_t>().value_or(0)};  // a notice is about none
  auto message = from_stored(read_message(row, std::move(kind)));
  // Not an error of the claim: the row would be claimed again and again, and nothing behind it would be reached.
  if (message)
    claimed.message = std::move(*message);
  else
    claimed.unreadable = std::move(message.error().detail);
  claimed.attempts = row.next<int>();
  claimed.may_have_left = row.next<bool>();
  claimed.host = UserId{row.next_or_null<std::int64_t>().value_or(0)};
  claimed.type = MeetingTypeId{row.next_or_null<std::int64_t>().value_or(0)};
  claimed.page = PageId{row.next_or_null<std::int64_t>().value_or(0)};
  claimed.chain = MeetingId{row.next_or_null<std::int64_t>().value_or(0)};
  return claimed;
}

Result<DueReminder> read_reminder(RowReader& row) {
  DueReminder reminder;
  reminder.meeting = MeetingId{row.next<std::int64_t>()};
  reminder.offset = std::chrono::minutes{row.next<std::int64_t>()};
  reminder.due_at = row.next<Instant>();
  reminder.is_wanted = row.next<bool>();
  reminder.host = UserId{row.next<std::int64_t>()};
  reminder.attendee_email = row.next<std::string>();
  auto guests = parse_texts(row.next<std::string_view>());
  if (!guests) return fail(std::move(guests.error()));
  reminder.guests = std::move(*guests);
  reminder.timezone = row.next<std::string>();
  reminder.locale = row.next<std::string>();
  reminder.sequence = row.next<std::int32_t>();
  for (const std::int64_t host : numbers_in(row.next_or_null<std::string_view>().value_or("")))
    reminder.other_hosts.push_back(UserId{host});
  return reminder;
}

Result<UnknownKind> read_unknown(RowReader& row) {
  UnknownKind unknown;
  unknown.kind = row.next<std::string>();
  unknown.waiting = row.next<std::int64_t>();
  unknown.since = row.next<Instant>();
  return unknown;
}

/// None for a row that cannot be read: it tells nobody anything.
std::optional<ChainMail> read_chain_mail(RowReader& row) {
  ChainMail mail;
  mail.id = OutboxId{row.next<std::int64_t>()};
  std::string kind = row.next<std::string>();
  auto message = from_stored(read_message(row, std::move(kind)));
  mail.meeting = MeetingId{row.next<std::int64_t>()};
  mail.start = row.next<Instant>();
  const auto status = outbox_status_of(row.next<std::string_view>());
  mail.may_have_left = row.next<bool>();
  if (!message || !status) return std::nullopt;
  mail.status = *status;
  mail.mail = std::get<MeetingMail>(std::move(*message));
  return mail;
}

Done read_newest(RowReader& row, ChainMails& chain) {
  chain.newest = MeetingId{row.next<std::int64_t>()};
  const auto status = meeting_status_of(row.next<std::string_view>());
  if (!status) return fail(Code::broken, "stored meeting status is none");
  chain.status = *status;
  chain.sequence = row.next<std::int32_t>();
  return {};
}

Param error_param(const DeliveryOutcome& outcome) {
  return outcome.error.empty() ? Param(nullptr) : Param(outcome.error);
}

Result<OutboxEntry> read_entry(RowReader& row) {
  OutboxEntry entry;
  entry.id = OutboxId{row.next<std::int64_t>()};
  entry.kind = row.next<std::string>();
  entry.meeting = MeetingId{row.next<std::int64_t>()};
  const StoredMessage stored = read_message(row, entry.kind);
  entry.recipient = stored.recipient;
  if (const auto message = from_stored(stored)) entry.role = name_of(std::get<MeetingMail>(*message).role);
  const auto status = outbox_status_of(row.next<std::string_view>());
  if (!status) return fail(Code::broken, "stored outbox status is none");
  entry.status = *status;
  entry.attempts = row.next<int>();
  entry.error = row.next_or_null<std::string>();
  entry.due_at = row.next_or_null<Instant>();
  entry.available_at = row.next<Instant>();
  entry.done_at = row.next_or_null<Instant>();
  entry.created_at = row.next<Instant>();
  return entry;
}

}  // namespace

Result<std::optional<ClaimedMessage>> PgOutboxRepository::claim(OutboxKind kind, Instant now,
                                                                std::chrono::seconds wait_max) {
  session_.post(query::allow_waiting, {k_idle_allowed});
  return session_.one<ClaimedMessage>(session_.run(query::claim, {now, now + wait_max, array_text(stored_kinds(kind))}),
                                      read_claimed);
}

void PgOutboxRepository::ask_take(const ClaimedMessage& message, Instant now) {
  session_.post(query::allow_waiting, {k_idle_allowed});
  session_.ask_ahead(query::take, {message.id.value, message.attempts, now});
}

Result<bool> PgOutboxRepository::take(const ClaimedMessage& message, Instant now) {
  auto rows = session_.run(query::take, {message.id.value, message.attempts, now});
  if (!rows) return fail(std::move(rows.error()));
  return (*rows)->size() == 1;
}

void PgOutboxRepository::ask_ahead(const ClaimedMessage& message, Ahead what) {
  session_.ask_ahead(sql::meeting_repository::find, {message.meeting.value});
  session_.ask_ahead(query::mails_of_chain, {message.meeting.value, mail_kinds()});
  const auto* mail = std::get_if<MeetingMail>(&message.message);
  if (what == Ahead::wanted || mail == nullptr || !message.host) return;
  session_.ask_ahead(sql::meeting_type_repository::find_with_archived, {message.type.value});
  session_.ask_ahead(sql::page_repository::find, {message.page.value});
  users_().ask(message.host);
  if (mail->role == MailRole::attendee) session_.ask_ahead(sql::meeting_repository::find_token, {message.chain.value});
  if (mail->role != MailRole::host) return;
  const std::string hosts = array_text({&message.host, 1});
  session_.ask_ahead(sql::availability_repository::schedule, {hosts});
  session_.ask_ahead(sql::availability_repository::rules, {hosts});
}

Done PgOutboxRepository::settle(OutboxId id, const DeliveryOutcome& outcome) {
  return session_.execute(query::settle, {id.value, name_of(outcome.status), outcome.attempts, outcome.available_at,
                                          error_param(outcome), outcome.now, outcome.did_leave_not});
}

Done PgOutboxRepository::note_hand_over(OutboxId id, Instant now) {
  return session_.execute(query::note_hand_over, {id.value, now});
}

Done PgOutboxRepository::take_back_hand_over(OutboxId id) {
  return session_.execute(query::take_back_hand_over, {id.value});
}

Result<ChainMails> PgOutboxRepository::mails_of_chain(MeetingId meeting) {
  auto rows = session_.run(query::mails_of_chain, {meeting.value, mail_kinds()});
  if (!rows) return fail(std::move(rows.error()));
  ChainMails chain;
  for (std::size_t i = 0; i < (*rows)->size(); ++i) {
    RowReader row(**rows, i);
    auto mail = read_chain_mail(row);
    if (auto newest = read_newest(row, chain); !newest) return fail(std::move(newest.error()));
    if (mail) chain.mails.push_back(std::move(*mail));
  }
  return chain;
}

Done PgOutboxRepository::settle_unsent(OutboxId id, const DeliveryOutcome& outcome) {
  return session_.execute(query::settle_unsent,
                          {id.value, name_of(outcome.status), outcome.available_at, error_param(outcome), outcome.now});
}

void PgOutboxRepository::note_reminder_sent(MeetingId meeting) {
  session_.post(query::note_reminder_sent, {meeting.value});
}

Done PgOutboxRepository::note_refusal(const ClaimedMessage& message, std::string_view recipient, std::string_view reply,
                                      Instant now) {
  return session_.execute(query::note_refusal,
                          {message.meeting.value, recipient, to_stored(message.message).kind, reply, now});
}

Result<std::vector<DueReminder>> PgOutboxRepository::take_due_reminders(Instant now, int count) {
  return session_.all<DueReminder>(session_.run(query::take_due_reminders, {now, count}), read_reminder);
}

void PgOutboxRepository::add(const std::vector<ReminderMails>& reminders, Instant now) {
  JsonText json;
  json.begin_array();
  for (const ReminderMails& reminder : reminders)
    json.begin_object()
        .field("meeting_id", reminder.meeting)
        .field("offset_minutes", std::int64_t{reminder.offset.count()})
        .field("due_at", reminder.due_at)
        .key("messages")
        .raw(messages_json(reminder.messages))
        .end_object();
  json.end_array();
  session_.post(query::add_reminders, {json.text(), now});
}

Result<int> PgOutboxRepository::ask_outcomes(const std::vector<OutboxMessage>& first,
                                             const std::vector<OutboxMessage>& again, Instant now, int count) {
  auto rows = session_.run(query::ask_outcomes, {now, count, messages_json(first), messages_json(again)});
  if (!rows) return fail(std::move(rows.error()));
  return static_cast<int>((*rows)->size());
}

Result<std::vector<OutboxEntry>> PgOutboxRepository::list(const OutboxFilter& filter, OutboxId before, int count) {
  const auto status = filter.status ? std::optional(name_of(*filter.status)) : std::nullopt;
  return session_.all<OutboxEntry>(session_.run(query::list, {before.value, id_param(filter.host),
                                                              id_param(filter.meeting), status, count, mail_kinds()}),
                                   read_entry);
}

Result<int> PgOutboxRepository::drop_held_of_ended(Instant now) {
  auto rows = session_.run(query::drop_held_of_ended, {now});
  if (!rows) return fail(std::move(rows.error()));
  return static_cast<int>((*rows)->size());
}

Result<bool> PgOutboxRepository::revive(OutboxId id, std::optional<UserId> host, Instant now) {
  auto rows = session_.run(query::revive, {id.value, id_param(host), now, mail_kinds()});
  if (!rows) return fail(std::move(rows.error()));
  return (*rows)->size() == 1;
}

Result<MailCounts> PgOutboxRepository::counts(Instant now, Instant since, std::chrono::minutes grace) {
  auto rows = session_.run(query::health, {now, since, static_cast<std::int64_t>(grace.count()), mail_kinds()});
  if (!rows) return fail(std::move(rows.error()));
  RowReader row(**rows, 0);
  MailCounts counts;
  counts.waiting = row.next<std::int64_t>();
  counts.oldest = row.next_or_null<Instant>();
  counts.tried = row.next<std::int64_t>();
  counts.wait_reason = row.next_or_null<std::string>().value_or("");
  counts.dead = row.next<std::int64_t>();
  counts.dead_reason = row.next_or_null<std::string>().value_or("");
  counts.held = row.next<std::int64_t>();
  counts.held_reason = row.next_or_null<std::string>().value_or("");
  counts.reviews = row.next<std::int64_t>();
  counts.meetings_ahead = row.next<std::int64_t>();
  counts.pages_open = row.next<std::int64_t>();
  for (std::int64_t* number :
       {&counts.reminders.due, &counts.reminders.sent, &counts.reminders.late, &counts.reminders.failed})
    *number = row.next<std::int64_t>();
  counts.reminders.reason = row.next_or_null<std::string>().value_or("");
  auto unknown =
      session_.all<UnknownKind>(session_.run(query::unknown_kinds, {array_text(all_stored_kinds())}), read_unknown);
  if (!unknown) return fail(std::move(unknown.error()));
  counts.unknown = std::move(*unknown);
  return counts;
}

}  // namespace scheduling
