#pragma once
/// Writes the response with slots. It is the most frequent one, so it goes straight into its buffer.
#include <string>
#include <vector>

#include "plugin/core/interval/time_range.hpp"
#include "plugin/core/time/zone_id.hpp"
#include "plugin/core/time/zone_rules.hpp"

namespace scheduling {

/// {"data":{"timezone":"…","slots":[{"start","end","local","offset_minutes"}]}}: `local` is the start on
/// the booker's wall, by our zone rules, because a browser's may be older. `more`: further members of `data`, as JSON.
std::string slots_json(const ZoneId& zone, const ZoneRules& rules, const std::vector<TimeRange>& slots,
                       const std::string& more = {});

}  // namespace scheduling
