#pragma once
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/storage/calendars/push_repository.hpp"

namespace scheduling {

class PgPushRepository final : public PushRepository {
 public:
  explicit PgPushRepository(PgSession& session) : session_(session) {}
  Result<std::vector<StoredChannel>> of_connection(ConnectionId connection) override;
  Result<std::optional<StoredChannel>> find(std::string_view channel, std::string_view provider) override;
  Done save(const StoredChannel& channel) override;
  Done remove(std::string_view channel) override;
  Done hint(CalendarId calendar, Instant now) override;

 private:
  PgSession& session_;
};

}  // namespace scheduling
