#pragma once
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/storage/availability_repository.hpp"

namespace scheduling {

class PgAvailabilityRepository final : public AvailabilityRepository {
 public:
  explicit PgAvailabilityRepository(PgSession& session) : session_(session) {}
  Result<std::optional<HostSchedule>> find(UserId user) override;
  Done save(const HostSchedule& schedule, Instant now) override;
  Result<std::vector<DayOverride>> list_overrides(UserId user, const OverridePosition& after, int count) override;
  Result<std::vector<DayOverride>> find_overrides(UserId user, const std::vector<OverrideId>& ids,
                                                  const std::vector<LocalDate>& dates) override;
  Result<std::optional<UserId>> owner_of_override(OverrideId id) override;
  Result<OverrideId> insert_override(UserId user, const DayOverride& day) override;
  Done remove_override(OverrideId id) override;

 private:
  PgSession& session_;
};

/// A row that says whose it is.
template <class Item>
struct OfHost {
  UserId host;
  Item item;
};

/// Rows of queries that load_calendar_rows() sends too.
Result<HostSchedule> read_schedule(crm::sdk::RowReader& row);
Result<OfHost<WeeklyRule>> read_rule(crm::sdk::RowReader& row);
Result<DayOverride> read_override(crm::sdk::RowReader& row);

}  // namespace scheduling
