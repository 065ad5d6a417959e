#pragma once
/// The zones there are, and their rules.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/time/zone_id.hpp"
#include "plugin/core/time/zone_rules.hpp"

namespace scheduling {

/// How the data in use stands to what lies on this system now. Versions read "2026f"; empty: none found.
struct ZoneDataFacts {
  std::string in_use{};
  std::string folder{};
  std::string in_folder{};            ///< what a restart would read
  std::string of_system{};            ///< in the system's own folder, when another is in use
  std::vector<std::string> broken{};  ///< zones that have a name and no readable rules, sorted
};

/// Thread: any. Owner: rules stay valid as long as the pointer is held.
class ZoneSource {
 public:
  virtual ~ZoneSource() = default;
  /// The zone of that exact name, under its own name: an alias gives the zone it stands for
  /// ("Asia/Calcutta" → "Asia/Kolkata", "Zulu" → "UTC"). A place that people choose stays what it is, even
  /// where the data links it to another place with the same clocks ("Europe/Stockholm").
  virtual std::optional<ZoneId> find(std::string_view name) const noexcept = 0;
  /// Aliases too: what was stored before find() named zones so keeps working. Null for a zone that this
  /// system does not know or cannot read.
  virtual std::shared_ptr<const ZoneRules> rules(const ZoneId& zone) const noexcept = 0;
  /// The zones a person chooses from (one per place, no aliases), sorted by name.
  virtual const std::vector<ZoneId>& choices() const noexcept = 0;
  /// The country ("US") in which most people of that zone live; empty when unknown.
  virtual std::string region(const ZoneId& zone) const noexcept = 0;
  /// "2026f"
  virtual std::string version() const noexcept = 0;
  /// Reads the first lines of at most two files.
  virtual ZoneDataFacts facts() const = 0;
};

}  // namespace scheduling
