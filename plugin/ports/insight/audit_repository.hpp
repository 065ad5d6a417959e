#pragma once
/// Who changed what. Entries are written by the statements that make the changes.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

struct LoggedChange {
  std::int64_t id = 0;
  std::string action{};  ///< "booked", "moved", "suggestion_accepted"
  std::string actor{};   ///< attendee, user or system
  std::optional<UserId> user{};
  std::optional<MeetingId> meeting{};
  std::map<std::string, std::string> details{};
  Instant at{};
  std::optional<UserId> assigned{};  ///< who hosts the meeting from then on
  std::optional<std::string> assignment_reason{};
};

struct AuditFilter {
  std::optional<MeetingId> meeting{};  ///< and the rest of its chain
  std::optional<UserId> user{};        ///< who did it
  Instant from = k_instant_min;
  Instant until = k_instant_end;  ///< exclusive
};

class AuditRepository {
 public:
  virtual ~AuditRepository() = default;
  /// The latest first, those with an id below `before`.
  virtual Result<std::vector<LoggedChange>> list(const AuditFilter& filter, std::int64_t before, int count) = 0;
};

}  // namespace scheduling
