#pragma once
/// The system's time zones (TZif files under TZDIR or /usr/share/zoneinfo), read through cctz once per
/// zone and kept as transition tables from 1970 until 2200.
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>

#include "plugin/ports/zone_source.hpp"

namespace scheduling {

class TzZoneSource final : public ZoneSource {
 public:
  /// Reads the list of names and the data's version from `tzdata.zi`, which decides what exists: a name
  /// never reaches the file system before it was found there. Empty `folder`: TZDIR, else the system's.
  /// Throws std::runtime_error when there is no zone data: without it nothing can be offered.
  explicit TzZoneSource(std::string folder = {});

  std::optional<ZoneId> find(std::string_view name) const noexcept override;
  std::shared_ptr<const ZoneRules> rules(const ZoneId& zone) const noexcept override;
  const std::vector<ZoneId>& choices() const noexcept override { return choices_; }
  std::string region(const ZoneId& zone) const noexcept override;
  std::string version() const noexcept override { return version_; }

 private:
  void read_names(const std::string& folder);
  void read_places(const std::string& folder);

  std::string folder_;  ///< before each name; empty: cctz knows where
  std::string version_;
  std::set<std::string, std::less<>> names_;
  std::map<std::string, std::string, std::less<>> links_;    ///< alias → zone
  std::map<std::string, std::string, std::less<>> regions_;  ///< zone → country
  std::vector<ZoneId> choices_;
  mutable std::shared_mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const ZoneRules>, std::less<>> loaded_;
};

}  // namespace scheduling
