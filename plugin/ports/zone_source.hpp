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

/// Thread: any. Owner: rules stay valid as long as the pointer is held.
class ZoneSource {
 public:
  virtual ~ZoneSource() = default;
  /// The zone of that exact name, when it exists.
  virtual std::optional<ZoneId> find(std::string_view name) const noexcept = 0;
  /// Never null for an id that find() gave; null for one that this system does not know.
  virtual std::shared_ptr<const ZoneRules> rules(const ZoneId& zone) const noexcept = 0;
  /// The zones a person chooses from (one per place, no aliases), sorted by name.
  virtual const std::vector<ZoneId>& choices() const noexcept = 0;
  /// The country ("US") in which most people of that zone live; empty when unknown.
  virtual std::string region(const ZoneId& zone) const noexcept = 0;
  /// "2026f"
  virtual std::string version() const noexcept = 0;
};

}  // namespace scheduling
