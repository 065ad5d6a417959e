#include "plugin/adapters/postgres/pg_outbox_repository.hpp"

#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/json/stored_json.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::outbox_repository;
using crm::sdk::Param;
using crm::sdk::RowReader;

/// Longer than any mail server may take; see Mailer.
constexpr const char* k_idle_allowed = "300s";

Result<std::map<std::string, std::string>> parse_payload(std::string_view json) {
  std::map<std::string, std::string> payload;
  auto input = read_stored(json);
  if (!input) return fail(std::move(input.error()));
  constexpr crm::sdk::TextRule any_text{.min = 0, .max = 100000, .multiline = true};
  for (const std::string& name : input->names()) payload[name] = input->text(name, any_text).value_or("");
  return stored_as(*input, std::move(payload));
}

Result<ClaimedMessage> read_claimed(RowReader& row) {
  ClaimedMessage message;
  message.id = OutboxId{row.next<std::int64_t>()};
  message.kind = row.next<std::string>();
  message.meeting = MeetingId{row.next<std::int64_t>()};
  message.recipient = row.next_or_null<std::string>();
  auto payload = parse_payload(row.next<std::string_view>());
  if (!payload) return fail(std::move(payload.error()));
  message.payload = std::move(*payload);
  message.attempts = row.next<int>();
  message.due_at = row.next_or_null<Instant>();
  return message;
}

Param error_param(const DeliveryOutcome& outcome) {
  return outcome.error.empty() ? Param(nullptr) : Param(outcome.error);
}

Result<OutboxEntry> read_entry(RowReader& row) {
  OutboxEntry entry;
  entry.id = OutboxId{row.next<std::int64_t>()};
  entry.kind = row.next<std::string>();
  entry.meeting = MeetingId{row.next<std::int64_t>()};
  entry.recipient = row.next_or_null<std::string>();
  entry.role = row.next_or_null<std::string>().value_or("");
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

Result<std::optional<ClaimedMessage>> PgOutboxRepository::claim(Instant now, std::chrono::seconds wait_max) {
  session_.post(query::allow_waiting, {k_idle_allowed});
  return session_.one<ClaimedMessage>(session_.run(query::claim, {now, now + wait_max}), read_claimed);
}

Done PgOutboxRepository::settle(OutboxId id, const DeliveryOutcome& outcome) {
  return session_.execute(query::settle, {id.value, name_of(outcome.status), outcome.counts ? 1 : 0,
                                          outcome.available_at, error_param(outcome), outcome.now});
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
  return session_.execute(query::note_refusal, {message.meeting.value, recipient, message.kind, reply, now});
}

Result<QueuedReminders> PgOutboxRepository::queue_reminders(Instant now, int count, bool to_hosts) {
  auto rows = session_.run(query::take_due_reminders, {now, count, to_hosts});
  if (!rows) return fail(std::move(rows.error()));
  RowReader row(**rows, 0);
  const int reminders = row.next<int>();
  return QueuedReminders{reminders, row.next<int>()};
}

Result<std::vector<OutboxEntry>> PgOutboxRepository::list(const OutboxFilter& filter, OutboxId before, int count) {
  const auto status = filter.status ? std::optional(name_of(*filter.status)) : std::nullopt;
  return session_.all<OutboxEntry>(
      session_.run(query::list, {before.value, id_param(filter.host), id_param(filter.meeting), status, count}),
      read_entry);
}

Result<bool> PgOutboxRepository::revive(OutboxId id, std::optional<UserId> host, Instant now) {
  auto rows = session_.run(query::revive, {id.value, id_param(host), now});
  if (!rows) return fail(std::move(rows.error()));
  return (*rows)->size() == 1;
}

Result<MailCounts> PgOutboxRepository::counts(Instant now, Instant since, std::chrono::minutes grace) {
  auto rows = session_.run(query::health, {now, since, static_cast<std::int64_t>(grace.count())});
  if (!rows) return fail(std::move(rows.error()));
  RowReader row(**rows, 0);
  MailCounts counts;
  counts.waiting = row.next<std::int64_t>();
  counts.oldest = row.next_or_null<Instant>();
  counts.tried = row.next<std::int64_t>();
  counts.wait_reason = row.next_or_null<std::string>().value_or("");
  counts.dead = row.next<std::int64_t>();
  counts.dead_reason = row.next_or_null<std::string>().value_or("");
  for (std::int64_t* number :
       {&counts.reminders.due, &counts.reminders.sent, &counts.reminders.late, &counts.reminders.failed})
    *number = row.next<std::int64_t>();
  counts.reminders.reason = row.next_or_null<std::string>().value_or("");
  return counts;
}

}  // namespace scheduling
