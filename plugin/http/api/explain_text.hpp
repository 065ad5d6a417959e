#pragma once
/// Every sentence that explains why a time can or cannot be booked, in plain English (B-12). Hosts and admins
/// read them; the public never does.
#include <string>

#include "plugin/core/availability/explain.hpp"
#include "plugin/core/time/zone_id.hpp"

namespace scheduling {

/// "Tuesday, 2 December 2025, 14:40 (America/New_York) is not on the grid: meetings of this type start at
/// 14:30 and 15:00." `zone` and `rules` are the host's; on a day when the clock changes, times name their
/// offset too.
std::string sentence_of(const Explanation& why, const ZoneId& zone, const ZoneRules& rules);

/// "2025-12-02T14:40"; with seconds when there are any.
std::string local_text(WallTime wall);

}  // namespace scheduling
