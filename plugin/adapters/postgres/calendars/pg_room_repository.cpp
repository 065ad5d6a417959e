#include "plugin/adapters/postgres/calendars/pg_room_repository.hpp"

#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/json/outbox_json.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::room_repository;
using crm::sdk::Param;
using crm::sdk::RowReader;

RoomStage stage_of(std::string_view name) {
  for (const RoomStage stage : {RoomStage::wished, RoomStage::made})
    if (name == name_of(stage)) return stage;
  return RoomStage::gone;
}

Result<MeetingRoom> read_room(RowReader& row) {
  const MeetingId chain{row.next<std::int64_t>()};
  const UserId user{row.next<std::int64_t>()};
  std::optional<ConnectionId> connection;
  if (const auto id = row.next_or_null<std::int64_t>()) connection = ConnectionId{*id};
  const RoomStage stage = stage_of(row.next<std::string_view>());
  std::string id = row.next<std::string>();
  std::string join_url = row.next<std::string>();
  const Instant start = row.next<Instant>();
  const auto time = TimeRange::make(start, row.next<Instant>());
  if (!time) return fail(Code::broken, "a stored room ends before it begins");
  std::string hash = row.next_bytes();
  return MeetingRoom{
      chain, user, connection, stage, std::move(id), std::move(join_url), *time, std::move(hash), row.next<Instant>()};
}

}  // namespace

Result<std::optional<MeetingRoom>> PgRoomRepository::find(MeetingId chain) {
  return session_.one<MeetingRoom>(session_.run(query::find, {chain.value}), read_room);
}

Done PgRoomRepository::save(const MeetingRoom& room) {
  return session_.execute(
      query::save, {room.chain.value, room.user.value, id_param(room.connection), name_of(room.stage), room.id,
                    room.join_url, room.time.start(), room.time.end(), Param::bytes(room.topic_hash), room.wished_at});
}

Result<std::int64_t> PgRoomRepository::count_wished(UserId user, Instant since) {
  auto count =
      session_.one<std::int64_t>(session_.run(query::count_wished, {user.value, since}),
                                 [](RowReader& row) -> Result<std::int64_t> { return row.next<std::int64_t>(); });
  if (!count) return fail(std::move(count.error()));
  return count->value_or(0);
}

Result<std::optional<ConnectionId>> PgRoomRepository::account_of(UserId user, std::string_view provider) {
  return session_.one<ConnectionId>(
      session_.run(query::account_of, {user.value, provider}),
      [](RowReader& row) -> Result<ConnectionId> { return ConnectionId{row.next<std::int64_t>()}; });
}

Done PgRoomRepository::set_link(const RoomLink& link, Instant now) {
  return session_.execute(
      query::set_link, {link.meeting.value, link.url, link.location, messages_json(link.messages), now, link.is_news});
}

Result<bool> PgRoomRepository::is_expected(MeetingId meeting) {
  auto expected = session_.one<bool>(session_.run(query::is_expected, {meeting.value}),
                                     [](RowReader& row) -> Result<bool> { return row.next<bool>(); });
  if (!expected) return fail(std::move(expected.error()));
  return expected->value_or(false);
}

Done PgRoomRepository::want_event(MeetingId meeting) {
  return session_.execute(query::want_event, {meeting.value});
}

}  // namespace scheduling
