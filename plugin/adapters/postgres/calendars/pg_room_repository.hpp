#pragma once
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/storage/calendars/room_repository.hpp"

namespace scheduling {

class PgRoomRepository final : public RoomRepository {
 public:
  explicit PgRoomRepository(PgSession& session) : session_(session) {}
  Result<std::optional<MeetingRoom>> find(MeetingId chain) override;
  Done save(const MeetingRoom& room) override;
  Result<std::int64_t> count_wished(UserId user, Instant since) override;
  Result<std::optional<ConnectionId>> account_of(UserId user, std::string_view provider) override;
  Done set_link(const RoomLink& link, Instant now) override;
  Result<bool> is_expected(MeetingId meeting) override;
  Done want_event(MeetingId meeting) override;

 private:
  PgSession& session_;
};

}  // namespace scheduling
