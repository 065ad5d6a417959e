#include "plugin/http/api/mails.hpp"

#include <limits>

#include "crm/sdk/responses.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"
#include "plugin/http/reader_clock.hpp"

namespace scheduling {
namespace {

using crm::sdk::Request;
using crm::sdk::Response;

void write_entry(JsonText& out, const OutboxEntry& entry, const ReaderClock& clock) {
  out.begin_object()
      .field("id", entry.id)
      .field("kind", entry.kind)
      .field("meeting_id", entry.meeting)
      .field("recipient", entry.recipient)
      .field("role", entry.role)
      .field("status", name_of(entry.status))
      .field("attempts", std::int64_t{entry.attempts})
      .field("error", entry.error)
      .field("due_at", entry.due_at);
  const bool waits = entry.status == OutboxStatus::waiting;
  const auto next_try = waits ? std::optional(entry.available_at) : std::nullopt;
  out.field("next_try_at", next_try).field("done_at", entry.done_at).field("created_at", entry.created_at).key("local");
  clock.begin(out);
  clock.field(out, "due_at", entry.due_at);
  clock.field(out, "next_try_at", next_try);
  clock.field(out, "done_at", entry.done_at);
  clock.field(out, "created_at", entry.created_at);
  out.end_object().end_object();
}

crm::sdk::Expected<OutboxFilter, Response> read_filter(const Request& request) {
  OutboxFilter filter;
  if (const auto text = request.query_value("meeting_id"); text && !text->empty()) {
    const auto id = parse_id(*text);
    if (!id) return crm::sdk::unexpected(invalid_query("meeting_id", "invalid_format", "The id of a meeting"));
    filter.meeting = MeetingId{*id};
  }
  if (const auto text = request.query_value("user_id"); text && !text->empty()) {
    const auto id = parse_id(*text);
    if (!id) return crm::sdk::unexpected(invalid_query("user_id", "invalid_format", "The id of a user"));
    filter.host = UserId{*id};
  }
  if (const auto text = request.query_value("status"); text && !text->empty()) {
    filter.status = outbox_status_of(*text);
    if (!filter.status)
      return crm::sdk::unexpected(invalid_query("status", "invalid_option", "waiting, held, done, dead or dropped"));
  }
  return filter;
}

std::optional<std::string> filled(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

Response Mails::list(const Request& request) {
  auto query = read_list_query(request, 1);
  if (!query) return query.error();
  auto filter = read_filter(request);
  if (!filter) return filter.error();
  const auto clock = ReaderClock::asked_for(request, zones_);
  if (!clock) return clock.error();
  const OutboxId before{query->cursor.empty() ? std::numeric_limits<std::int64_t>::max() : query->cursor[0]};
  auto entries = overview_.list(actor_of(request), *filter, before, query->fetch());
  if (!entries) return to_response(entries.error(), log_, request);
  return list_response(
      *entries, *query, [&](JsonText& out, const OutboxEntry& one) { write_entry(out, one, *clock); },
      [](const OutboxEntry& one) { return std::vector{one.id.value}; });
}

Response Mails::retry(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto done = overview_.retry(actor_of(request), OutboxId{*id});
  return done ? Response::no_content() : to_response(done.error(), log_, request);
}

Response Mails::health(const Request& request) {
  auto health = overview_.health();
  if (!health) return to_response(health.error(), log_, request);
  const MailCounts& counts = health->counts;
  return one_answer(200, counts, [&](JsonText& out, const MailCounts&) {
    out.begin_object()
        .field("can_send", health->halted.empty())
        .field("halted", filled(health->halted))
        .key("mails")
        .begin_object()
        .field("waiting", counts.waiting)
        .field("oldest_waiting_at", counts.oldest)
        .field("refused_for_now", counts.tried)
        .field("refused_for_now_reason", filled(counts.wait_reason))
        .field("failed", counts.dead)
        .field("failed_reason", filled(counts.dead_reason))
        .field("held", counts.held)
        .field("held_reason", filled(counts.held_reason))
        .end_object()
        .key("reminders")
        .begin_object()
        .field("window_hours", std::int64_t{k_reminders_counted.count()})
        .field("due", counts.reminders.due)
        .field("sent", counts.reminders.sent)
        .field("late", counts.reminders.late)
        .field("failed", counts.reminders.failed)
        .field("reason", filled(counts.reminders.reason))
        .end_object()
        .field("held_for_review", counts.reviews)
        .key("unknown_kinds")
        .begin_array();
    for (const UnknownKind& unknown : counts.unknown)
      out.begin_object()
          .field("kind", unknown.kind)
          .field("waiting", unknown.waiting)
          .field("since", unknown.since)
          .end_object();
    out.end_array().end_object();
  });
}

}  // namespace scheduling
