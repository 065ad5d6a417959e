#include "plugin/adapters/postgres/pg_calendar_repository.hpp"

#include <algorithm>
#include <map>

#include "plugin/adapters/postgres/calendars/calendar_rows_in.hpp"
#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/json/json_text.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::calendar_repository;
using crm::sdk::Param;
using crm::sdk::RowReader;

std::string texts_json(const std::vector<std::string>& texts) {
  JsonText json;
  json.begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
  return json.take();
}

Param text_or_null(std::string_view text) {
  return text.empty() ? Param(nullptr) : Param(text);
}

Result<ConnectionId> read_id(RowReader& row) {
  return ConnectionId{row.next<std::int64_t>()};
}

}  // namespace

Done PgCalendarRepository::add_log_in(const StoredLogIn& log_in, Instant now) {
  return session_.execute(query::add_log_in, {Param::bytes(log_in.state_hash), log_in.user.value, log_in.provider,
                                              log_in.verifier, log_in.expires_at, now});
}

Result<std::optional<std::string>> PgCalendarRepository::take_log_in(std::string_view state_hash, UserId user,
                                                                     std::string_view provider, Instant now) {
  return session_.one<std::string>(
      session_.run(query::take_log_in, {Param::bytes(state_hash), user.value, provider, now}),
      [](RowReader& row) -> Result<std::string> { return row.next<std::string>(); });
}

Result<std::optional<ConnectionId>> PgCalendarRepository::find_account(UserId user, std::string_view provider,
                                                                       std::string_view account) {
  return session_.one<ConnectionId>(session_.run(query::find_account, {user.value, provider, account}), read_id);
}

Result<ConnectionId> PgCalendarRepository::next_id() {
  auto id = session_.one<ConnectionId>(session_.run(query::next_id, {}), read_id);
  if (!id) return fail(std::move(id.error()));
  if (!*id) return fail(Code::broken, "the sequence gave no id");
  return **id;
}

Done PgCalendarRepository::save(ConnectionId id, UserId user, std::string_view account, const StoredTokens& tokens,
                                Instant now) {
  return session_.execute(query::save, {id.value, user.value, tokens.provider, account, tokens.access, tokens.refresh,
                                        tokens.expires_at, now});
}

Done PgCalendarRepository::save_calendars(ConnectionId id, UserId user, std::span<const RemoteCalendar> calendars,
                                          bool is_new) {
  JsonText json;
  json.begin_array();
  for (const RemoteCalendar& calendar : calendars)
    json.begin_object()
        .field("id", calendar.id)
        .field("name", calendar.name)
        .field("timezone", calendar.timezone)
        .field("is_primary", calendar.is_primary)
        .field("can_write", calendar.can_write)
        .end_object();
  json.end_array();
  return session_.execute(query::save_calendars, {id.value, user.value, json.text(), is_new});
}

Result<std::vector<CalendarConnection>> PgCalendarRepository::list(std::optional<UserId> user,
                                                                   std::optional<ConnectionId> id) {
  auto connections =
      session_.all<CalendarConnection>(session_.run(query::list, {id_param(user), id_param(id)}), read_connection);
  if (!connections || connections->empty()) return connections;
  auto calendars =
      session_.all<ConnectedCalendar>(session_.run(query::calendars, {id_param(user), id_param(id)}), read_calendar);
  if (!calendars) return fail(std::move(calendars.error()));
  for (ConnectedCalendar& calendar : *calendars) {
    const auto owner = std::ranges::find(*connections, calendar.connection, &CalendarConnection::id);
    if (owner != connections->end()) owner->calendars.push_back(std::move(calendar));
  }
  return connections;
}

Result<ConnectionCounts> PgCalendarRepository::counts(int count, Instant stale) {
  ConnectionCounts counts;
  auto rows = session_.all<CalendarConnection>(session_.run(query::troubled, {count, stale}), [&](RowReader& row) {
    counts.all = row.next<std::int64_t>();
    counts.troubled = row.next<std::int64_t>();
    return read_troubled(row);
  });
  if (!rows) return fail(std::move(rows.error()));
  if (counts.troubled > 0) counts.first = std::move(*rows);
  return counts;
}

Done PgCalendarRepository::remove(ConnectionId id) {
  return session_.execute(query::remove, {id.value});
}

Done PgCalendarRepository::choose(ConnectionId id, UserId user, std::span<const CalendarChoice> choices) {
  if (std::ranges::any_of(choices, &CalendarChoice::writes_meetings))
    session_.post(query::release_writer, {user.value});
  JsonText json;
  json.begin_array();
  for (const CalendarChoice& choice : choices)
    json.begin_object()
        .field("id", choice.provider_id)
        .field("checks_conflicts", choice.checks_conflicts)
        .field("writes_meetings", choice.writes_meetings)
        .end_object();
  json.end_array();
  return session_.execute(query::choose, {id.value, json.text()});
}

Done PgCalendarRepository::save_invites(ConnectionId id, Invites invites, Instant now) {
  return session_.execute(query::save_invites, {id.value, name_of(invites), now});
}

Done PgCalendarRepository::want_upcoming(UserId user, Instant now) {
  return session_.execute(query::want_upcoming, {user.value, now});
}

Result<std::optional<StoredTokens>> PgCalendarRepository::tokens(ConnectionId id) {
  return session_.one<StoredTokens>(session_.run(query::tokens, {id.value}), read_tokens);
}

Result<std::optional<StoredTokens>> PgCalendarRepository::tokens_for_update(ConnectionId id) {
  return session_.one<StoredTokens>(session_.run(query::tokens_for_update, {id.value}), read_tokens);
}

Done PgCalendarRepository::save_tokens(ConnectionId id, const StoredTokens& tokens, Instant now) {
  return session_.execute(query::save_tokens, {id.value, tokens.access, tokens.refresh, tokens.expires_at, now});
}

Done PgCalendarRepository::break_connection(ConnectionId id, const ConnectionError& error) {
  return session_.execute(query::break_connection, {id.value, error.code, error.message, error.at});
}

Result<std::vector<ConnectionId>> PgCalendarRepository::due(Instant now, std::chrono::seconds wait_max, int count) {
  return session_.all<ConnectionId>(session_.run(query::due, {now, now + wait_max, count}), read_id);
}

Done PgCalendarRepository::lock_sync(ConnectionId id) {
  return session_.execute(query::lock_sync, {id.value});
}

Result<bool> PgCalendarRepository::try_lock_sync(ConnectionId id) {
  auto got = session_.one<bool>(session_.run(query::try_lock_sync, {id.value}), [](RowReader& row) -> Result<bool> {
    row.skip();
    return row.next<bool>();
  });
  if (!got) return fail(std::move(got.error()));
  return got->value_or(false);
}

Done PgCalendarRepository::synced(ConnectionId id, const std::optional<ConnectionError>& error, Instant now,
                                  Instant next) {
  return session_.execute(query::synced, {id.value, text_or_null(error ? error->code : ""),
                                          text_or_null(error ? error->message : ""), now, next});
}

Done PgCalendarRepository::put_busy(CalendarId calendar, std::span<const BusyEvent> events) {
  if (events.empty()) return {};
  JsonText json;
  json.begin_array();
  for (const BusyEvent& event : events)
    json.begin_object()
        .field("id", event.id)
        .field("start_time", event.time.start())
        .field("end_time", event.time.end())
        .end_object();
  json.end_array();
  return session_.execute(query::put_busy, {calendar.value, json.text()});
}

Done PgCalendarRepository::drop_busy(CalendarId calendar, const std::vector<std::string>& events) {
  if (events.empty()) return {};
  return session_.execute(query::drop_busy, {calendar.value, texts_json(events)});
}

Done PgCalendarRepository::drop_occurrences(CalendarId calendar, const std::vector<std::string>& objects,
                                            const std::vector<std::string>& kept) {
  if (objects.empty()) return {};
  return session_.execute(query::drop_occurrences, {calendar.value, texts_json(objects), texts_json(kept)});
}

Done PgCalendarRepository::keep_busy(CalendarId calendar, const std::vector<std::string>& events) {
  return session_.execute(query::keep_busy, {calendar.value, texts_json(events)});
}

Done PgCalendarRepository::save_place(CalendarId calendar, std::string_view sync_token,
                                      std::optional<Instant> horizon_end) {
  return session_.execute(query::save_place, {calendar.value, text_or_null(sync_token), horizon_end});
}

Result<std::optional<WritingCalendar>> PgCalendarRepository::writing_calendar(UserId user) {
  return session_.one<WritingCalendar>(session_.run(query::writing_calendar, {user.value}),
                                       [](RowReader& row) -> Result<WritingCalendar> {
                                         WritingCalendar found;
                                         found.connection = ConnectionId{row.next<std::int64_t>()};
                                         found.calendar = row.next<std::string>();
                                         if (row.next<std::string>() == "scheduler") found.invites = Invites::scheduler;
                                         found.provider = row.next<std::string>();
                                         return found;
                                       });
}

Result<std::optional<HostsMeeting>> PgCalendarRepository::meeting_of_host(MeetingId any_of_chain, UserId user) {
  return session_.one<HostsMeeting>(session_.run(query::meeting_of_host, {any_of_chain.value, user.value}),
                                    [](RowReader& row) -> Result<HostsMeeting> {
                                      const MeetingId newest{row.next<std::int64_t>()};
                                      return HostsMeeting{newest, row.next<bool>()};
                                    });
}

Result<std::optional<WrittenEvent>> PgCalendarRepository::find_event(MeetingId chain, UserId user) {
  return session_.one<WrittenEvent>(session_.run(query::find_event, {chain.value, user.value}), read_event);
}

Result<std::vector<WrittenEvent>> PgCalendarRepository::own_events(ConnectionId connection,
                                                                   const std::vector<std::string>& event_ids,
                                                                   const std::vector<std::string>& marks) {
  if (event_ids.empty() && marks.empty()) return std::vector<WrittenEvent>{};
  return session_.all<WrittenEvent>(
      session_.run(query::own_events, {connection.value, texts_json(event_ids), texts_json(marks)}), read_event);
}

Result<std::vector<std::string>> PgCalendarRepository::own_marks(UserId host, const std::vector<std::string>& marks) {
  if (marks.empty()) return std::vector<std::string>{};
  return session_.all<std::string>(session_.run(query::own_marks, {host.value, texts_json(marks)}),
                                   [](RowReader& row) -> Result<std::string> { return row.next<std::string>(); });
}

Result<std::vector<WrittenEvent>> PgCalendarRepository::live_events(ConnectionId connection, std::string_view calendar,
                                                                    Instant now, std::optional<Instant> since) {
  return session_.all<WrittenEvent>(session_.run(query::live_events, {connection.value, calendar, now, since}),
                                    read_event);
}

Done PgCalendarRepository::note_unchecked(MeetingId meeting) {
  return session_.execute(query::note_unchecked, {meeting.value});
}

Result<std::vector<MeetingInCalendar>> PgCalendarRepository::states(std::span<const MeetingId> meetings) {
  std::vector<MeetingInCalendar> states(meetings.size());
  if (meetings.empty()) return states;
  std::vector<std::string> ids;
  std::multimap<MeetingId, std::size_t> places;
  for (std::size_t i = 0; i < meetings.size(); ++i) {
    ids.push_back(std::to_string(meetings[i].value));
    places.emplace(meetings[i], i);
  }
  auto rows = session_.run(query::states, {texts_json(ids)});
  if (!rows) return fail(std::move(rows.error()));
  for (std::size_t i = 0; i < (*rows)->size(); ++i) {
    RowReader row(**rows, i);
    const MeetingId id{row.next<std::int64_t>()};
    const MeetingInCalendar state = read_state(row);
    const auto [first, last] = places.equal_range(id);
    for (auto place = first; place != last; ++place) states[place->second] = state;
  }
  return states;
}

Result<std::int64_t> PgCalendarRepository::count_upcoming(UserId user, Instant now) {
  auto count =
      session_.one<std::int64_t>(session_.run(query::count_upcoming, {user.value, now}),
                                 [](RowReader& row) -> Result<std::int64_t> { return row.next<std::int64_t>(); });
  if (!count) return fail(std::move(count.error()));
  return count->value_or(0);
}

Done PgCalendarRepository::save_event(const WrittenEvent& event, Instant now) {
  return session_.execute(
      query::save_event,
      {event.chain.value, event.user.value, id_param(event.connection), event.calendar, event.event_id, event.etag,
       event.attempt, event.is_live, event.meeting.value, event.time.start(), event.time.end(),
       Param::bytes(event.content_hash), now, name_of(event.response), text_or_null(event.room_url),
       text_or_null(event.host_move == HostMove::none ? std::string_view() : name_of(event.host_move)),
       text_or_null(event.host_move_rule), event.is_placed});
}

}  // namespace scheduling
