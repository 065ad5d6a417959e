#pragma once
/// The zones a person may choose from: once for all pages as JSON, and as the options of a page's own chooser.
#include <string>
#include <vector>

#include "plugin/core/time/instant.hpp"
#include "plugin/ports/zone_source.hpp"

namespace scheduling {

/// [{"id","offset_minutes"}] with a null cursor: every choice, sorted by name, with its offset at `now`.
std::string zone_list_json(const ZoneSource& zones, Instant now);

/// Which options a page offers by itself. All of them would be most of every page.
struct ZoneOptions {
  ZoneId chosen;
  std::vector<ZoneId> first;  ///< stand before the zones that many people live in
  bool has_all = false;
};

/// The options of a select. HTML; holds zone names only.
std::string zone_options(const ZoneSource& zones, const ZoneOptions& options);

}  // namespace scheduling
