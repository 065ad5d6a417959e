#pragma once
/// Compares the zone data in use with the system's and the database's, and says in sentences what differs.
///
/// The process keeps the tables it has read: data that changes under it takes effect with a restart, and
/// until then it is said. Nothing is repaired here.
/// Thread: any. Source: behaviour B-1.
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/storage/zone_rule_repository.hpp"
#include "plugin/ports/zone_source.hpp"

namespace scheduling {

struct ZoneFinding {
  enum class Weight { fine, worth_a_look, broken };
  Weight weight = Weight::fine;
  std::string text;
  friend bool operator==(const ZoneFinding&, const ZoneFinding&) = default;
};

class ZoneDataWatch {
 public:
  ZoneDataWatch(Transactions& transactions, const ZoneSource& zones, const Clock& clock)
      : transactions_(transactions), zones_(zones), clock_(clock) {}

  /// Asks the database for its offsets in every zone of choice, monthly over the next two years. Reads all zones
  /// that were not read yet; call it seldom. A database that does not answer leaves the last comparison.
  Done compare_with_database();
  /// How long ago compare_with_database() last succeeded; none: never.
  std::optional<std::chrono::steady_clock::duration> age() const;

  /// How things stand now: the first line names the version in use. From memory and the first lines of at most
  /// two files.
  std::vector<ZoneFinding> findings() const;

 private:
  struct Comparison {
    std::vector<std::string> differing;
    std::vector<std::string> unknown;  ///< to the database
    std::chrono::steady_clock::time_point at;
  };
  Transactions& transactions_;
  const ZoneSource& zones_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::optional<Comparison> comparison_;
};

}  // namespace scheduling
