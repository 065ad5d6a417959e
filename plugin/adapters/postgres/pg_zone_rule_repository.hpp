#pragma once
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/storage/zone_rule_repository.hpp"

namespace scheduling {

class PgZoneRuleRepository final : public ZoneRuleRepository {
 public:
  explicit PgZoneRuleRepository(PgSession& session) : session_(session) {}
  Result<std::vector<DatabaseZone>> offsets(std::span<const ZoneId> zones, std::span<const Instant> instants) override;
  Result<std::optional<ZoneRuleCheckMark>> last_check() override;
  Done note_check(const ZoneRuleCheckMark& mark) override;
  Result<std::vector<UpcomingMeeting>> upcoming(const MeetingPosition& after, int count) override;
  Result<std::vector<MeetingId>> note(std::span<const ClockNote> notes, std::string_view zone_data,
                                      Instant now) override;

 private:
  PgSession& session_;
};

}  // namespace scheduling
