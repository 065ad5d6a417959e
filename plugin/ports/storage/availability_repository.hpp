#pragma once
/// A user's schedule, weekly rules and date overrides as they are stored.
#include <optional>
#include <vector>

#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/schedule/day_override.hpp"
#include "plugin/core/schedule/host_schedule.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

class AvailabilityRepository {
 public:
  virtual ~AvailabilityRepository() = default;
  /// Without overrides. None: the user never saved one (B-4's defaults in the user's CRM zone hold).
  virtual Result<std::optional<HostSchedule>> find(UserId user) = 0;
  /// Writes schedule and rules; all rules are replaced at once or none.
  virtual Done save(const HostSchedule& schedule, Instant now) = 0;

  struct OverridePosition {
    LocalDate date;
    OverrideId id;
  };
  /// By date and id, those after `after`, at most `count`.
  virtual Result<std::vector<DayOverride>> list_overrides(UserId user, const OverridePosition& after, int count) = 0;
  /// By date and id: the user's rows among `ids`, and all of theirs on `dates`.
  virtual Result<std::vector<DayOverride>> find_overrides(UserId user, const std::vector<OverrideId>& ids,
                                                          const std::vector<LocalDate>& dates) = 0;
  virtual Result<std::optional<UserId>> owner_of_override(OverrideId id) = 0;
  virtual Result<OverrideId> insert_override(UserId user, const DayOverride& day) = 0;
  /// `not_found` when it is gone already.
  virtual Done remove_override(OverrideId id) = 0;
};

}  // namespace scheduling
