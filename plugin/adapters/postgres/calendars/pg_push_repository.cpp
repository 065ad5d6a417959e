#include "plugin/adapters/postgres/calendars/pg_push_repository.hpp"

#include "plugin/adapters/postgres/queries.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::push_repository;
using crm::sdk::Param;
using crm::sdk::RowReader;

Result<StoredChannel> read_channel(RowReader& row) {
  StoredChannel channel;
  channel.calendar = CalendarId{row.next<std::int64_t>()};
  channel.channel = row.next<std::string>();
  channel.secret_hash = row.next_bytes();
  channel.resource = row.next<std::string>();
  channel.expires_at = row.next<Instant>();
  return channel;
}

}  // namespace

Result<std::vector<StoredChannel>> PgPushRepository::of_connection(ConnectionId connection) {
  return session_.all<StoredChannel>(session_.run(query::of_connection, {connection.value}), read_channel);
}

Result<std::optional<StoredChannel>> PgPushRepository::find(std::string_view channel, std::string_view provider) {
  return session_.one<StoredChannel>(session_.run(query::find, {channel, provider}), read_channel);
}

Done PgPushRepository::save(const StoredChannel& channel) {
  return session_.execute(query::save, {channel.calendar.value, channel.channel, Param::bytes(channel.secret_hash),
                                        channel.resource, channel.expires_at});
}

Done PgPushRepository::remove(std::string_view channel) {
  return session_.execute(query::remove, {channel});
}

Done PgPushRepository::hint(CalendarId calendar, Instant now) {
  return session_.execute(query::hint, {calendar.value, now});
}

}  // namespace scheduling
