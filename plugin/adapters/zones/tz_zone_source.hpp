#pragma once
/// The system's time zones (TZif files under TZDIR or /usr/share/zoneinfo), read through cctz once per
/// zone and kept as transition tables from 1970 until 2200.
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>

#include "plugin/ports/zone_source.hpp"

namespace scheduling {

class TzZoneSource final : public ZoneSource {
 public:
  /// Called once for each zone whose file is missing or damaged; the zone stays without rules until a restart.
  using OnBroken = std::function<void(const std::string& zone)>;

  /// Reads the list of names and the data's version from `tzdata.zi`, which decides what exists: a name
  /// never reaches the file system before it was found there. Empty `folder`: TZDIR, else the system's.
  /// Throws std::runtime_error when there is no zone data: without it nothing can be offered.
  explicit TzZoneSource(std::string folder = {}, OnBroken on_broken = {});

  std::optional<ZoneId> find(std::string_view name) const noexcept override;
  std::shared_ptr<const ZoneRules> rules(const ZoneId& zone) const noexcept override;
  const std::vector<ZoneId>& choices() const noexcept override { return choices_; }
  std::string region(const ZoneId& zone) const noexcept override;
  std::string version() const noexcept override { return version_; }
  ZoneDataFacts facts() const override;

 private:
  using Names = std::map<std::string, std::string, std::less<>>;

  void read_names();
  void read_places();
  /// Null for what is no name at all.
  const std::string* own_name(std::string_view name) const;
  std::shared_ptr<const ZoneRules> load_any(const std::string& own_name) const;
  void note_broken(const std::string& name) const;

  std::string folder_;
  std::string version_;
  OnBroken on_broken_;
  Names links_;    ///< every name → what it is a link to; empty: a zone
  Names regions_;  ///< place → country
  std::vector<ZoneId> choices_;
  mutable std::shared_mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const ZoneRules>, std::less<>> loaded_;
  mutable std::set<std::string> broken_;
};

}  // namespace scheduling
