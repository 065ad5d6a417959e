#include "plugin/adapters/postgres/insight/pg_suggestion_repository.hpp"

#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/adapters/postgres/table_row.hpp"
#include "plugin/json/json_text.hpp"
#include "plugin/json/outbox_json.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::suggestion_repository;
using crm::sdk::RowReader;
using Column = columns::suggestions;

Result<Suggestion> read_suggestion(RowReader& reader) {
  const TableRow<Column> row(reader);
  const auto kind = suggestion_kind_of(row.get<std::string_view>(Column::kind));
  const auto status = suggestion_status_of(row.get<std::string_view>(Column::status));
  if (!kind || !status) return fail(Code::broken, "stored suggestion is none");
  Suggestion suggestion;
  suggestion.id = row.get<std::int64_t>(Column::id);
  suggestion.kind = *kind;
  suggestion.contact = ContactId{row.get<std::int64_t>(Column::contact_id)};
  if (const auto meeting = row.get_or_null<std::int64_t>(Column::meeting_id)) suggestion.meeting = MeetingId{*meeting};
  suggestion.field = row.get<std::string>(Column::field);
  suggestion.current = row.get<std::string>(Column::current);
  suggestion.proposed = row.get<std::string>(Column::proposed);
  suggestion.status = *status;
  suggestion.created_at = row.get<Instant>(Column::created_at);
  return suggestion;
}

std::string texts_json(const std::vector<std::string>& texts) {
  JsonText json;
  json.begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
  return json.take();
}

}  // namespace

Result<std::vector<Suggestion>> PgSuggestionRepository::list(const SuggestionFilter& filter, std::int64_t before,
                                                             int count) {
  const auto status = filter.status ? std::optional(name_of(*filter.status)) : std::nullopt;
  return session_.all<Suggestion>(
      session_.run(query::list, {status, id_param(filter.contact), id_param(filter.meeting), before, count}),
      read_suggestion);
}

Result<std::optional<Suggestion>> PgSuggestionRepository::find_for_update(std::int64_t id) {
  return session_.one<Suggestion>(session_.run(query::find_for_update, {id}), read_suggestion);
}

Done PgSuggestionRepository::answer(const SuggestionAnswer& answer) {
  return session_.execute(query::answer,
                          {answer.id, name_of(answer.status), answer.now, answer.by.value, answer.request_id});
}

Done PgSuggestionRepository::propose_email(const ChangedAddress& change) {
  const std::string present = texts_json(change.present);
  const std::string former = texts_json(change.former);
  return session_.execute(query::propose_email, {change.contact.value, change.email, present, change.now, former});
}

Done PgSuggestionRepository::propose_owner(ContactId contact, const std::optional<UserId>& owner, Instant now) {
  return session_.execute(query::propose_owner, {contact.value, id_param(owner), now});
}

Done PgSuggestionRepository::note_absence(UserId user, Instant now) {
  return session_.execute(query::note_absence, {user.value, now});
}

Done PgSuggestionRepository::note_return(UserId user) {
  return session_.execute(query::note_return, {user.value});
}

Result<std::optional<MeetingId>> PgSuggestionRepository::newest_of_chain(MeetingId meeting) {
  return session_.one<MeetingId>(
      session_.run(query::newest_of_chain, {meeting.value}),
      [](RowReader& row) -> Result<MeetingId> { return MeetingId{row.next<std::int64_t>()}; });
}

Result<bool> PgSuggestionRepository::move_mails(const MovedMails& moved) {
  const std::string messages = messages_json(moved.messages);
  auto rows = session_.run(query::move_mails, {moved.meeting.value, moved.email, moved.key, moved.now, messages});
  if (!rows) return fail(std::move(rows.error()));
  return (*rows)->size() == 1;
}

}  // namespace scheduling
