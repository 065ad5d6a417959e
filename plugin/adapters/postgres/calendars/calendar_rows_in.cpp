#include "plugin/adapters/postgres/calendars/calendar_rows_in.hpp"

namespace scheduling {
namespace {

using crm::sdk::RowReader;

std::optional<ConnectionError> read_error(RowReader& row) {
  auto code = row.next_or_null<std::string>();
  auto message = row.next_or_null<std::string>();
  const auto at = row.next_or_null<Instant>();
  if (!code) return std::nullopt;
  return ConnectionError{std::move(*code), message.value_or(""), at.value_or(Instant{})};
}

HostMove host_move_of(std::string_view name) {
  for (const HostMove move : {HostMove::outside_rules, HostMove::put_back})
    if (name == name_of(move)) return move;
  return HostMove::none;
}

}  // namespace

Result<StoredTokens> read_tokens(crm::sdk::RowReader& row) {
  StoredTokens tokens;
  tokens.provider = row.next<std::string>();
  tokens.access = row.next<std::string>();
  tokens.refresh = row.next_or_null<std::string>();
  tokens.expires_at = row.next_or_null<Instant>();
  tokens.is_active = row.next<bool>();
  return tokens;
}

Result<CalendarConnection> read_connection(crm::sdk::RowReader& row) {
  CalendarConnection connection;
  connection.id = ConnectionId{row.next<std::int64_t>()};
  connection.user = UserId{row.next<std::int64_t>()};
  connection.provider = row.next<std::string>();
  connection.account = row.next<std::string>();
  connection.is_active = row.next<bool>();
  connection.last_error = read_error(row);
  connection.last_sync_at = row.next_or_null<Instant>();
  connection.next_sync_at = row.next_or_null<Instant>();
  connection.failures = row.next<int>();
  connection.events = row.next<std::int64_t>();
  connection.invites = row.next<std::string>() == "scheduler" ? Invites::scheduler : Invites::provider;
  connection.is_told = row.next<bool>();
  return connection;
}

Result<CalendarConnection> read_troubled(crm::sdk::RowReader& row) {
  CalendarConnection connection;
  connection.user = UserId{row.next_or_null<std::int64_t>().value_or(0)};
  connection.provider = row.next_or_null<std::string>().value_or("");
  connection.account = row.next_or_null<std::string>().value_or("");
  connection.is_active = row.next_or_null<bool>().value_or(true);
  connection.last_sync_at = row.next_or_null<Instant>();
  connection.last_error = read_error(row);
  return connection;
}

Result<ConnectedCalendar> read_calendar(crm::sdk::RowReader& row) {
  ConnectedCalendar calendar;
  calendar.connection = ConnectionId{row.next<std::int64_t>()};
  calendar.id = CalendarId{row.next<std::int64_t>()};
  calendar.provider_id = row.next<std::string>();
  calendar.name = row.next<std::string>();
  calendar.timezone = row.next<std::string>();
  calendar.is_primary = row.next<bool>();
  calendar.can_write = row.next<bool>();
  calendar.checks_conflicts = row.next<bool>();
  calendar.writes_meetings = row.next<bool>();
  calendar.sync_token = row.next_or_null<std::string>().value_or("");
  calendar.horizon_end = row.next_or_null<Instant>();
  calendar.events = row.next<std::int64_t>();
  calendar.holds_meetings = row.next<bool>();
  return calendar;
}

Result<WrittenEvent> read_event(crm::sdk::RowReader& row) {
  const MeetingId chain{row.next<std::int64_t>()};
  const UserId user{row.next<std::int64_t>()};
  std::optional<ConnectionId> connection;
  if (const auto id = row.next_or_null<std::int64_t>()) connection = ConnectionId{*id};
  std::string calendar = row.next<std::string>();
  std::string event_id = row.next<std::string>();
  std::string etag = row.next<std::string>();
  const int attempt = row.next<int>();
  const bool is_live = row.next<bool>();
  const MeetingId meeting{row.next<std::int64_t>()};
  const Instant start = row.next<Instant>();
  const auto time = TimeRange::make(start, row.next<Instant>());
  if (!time) return fail(Code::broken, "a stored calendar event ends before it begins");
  std::string hash = row.next_bytes();
  const auto response = attendee_response_of(row.next<std::string_view>());
  std::string room_url = row.next_or_null<std::string>().value_or("");
  const HostMove host_move = host_move_of(row.next_or_null<std::string>().value_or(""));
  return WrittenEvent{chain,
                      user,
                      connection,
                      std::move(calendar),
                      std::move(event_id),
                      std::move(etag),
                      attempt,
                      is_live,
                      meeting,
                      *time,
                      std::move(hash),
                      response.value_or(AttendeeResponse::none),
                      std::move(room_url),
                      host_move,
                      row.next_or_null<std::string>().value_or(""),
                      row.next<bool>(),
                      row.next<std::string>()};
}

MeetingInCalendar read_state(crm::sdk::RowReader& row) {
  MeetingInCalendar state;
  const auto name = row.next<std::string_view>();
  for (const CalendarStatus status : {CalendarStatus::pending, CalendarStatus::written, CalendarStatus::failed})
    if (name == name_of(status)) state.status = status;
  state.error = row.next_or_null<std::string>();
  state.response = attendee_response_of(row.next<std::string_view>()).value_or(AttendeeResponse::none);
  state.host_move = host_move_of(row.next_or_null<std::string>().value_or(""));
  state.host_move_rule = row.next_or_null<std::string>();
  state.is_unchecked = row.next<bool>();
  return state;
}

}  // namespace scheduling
