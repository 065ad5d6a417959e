#pragma once
#include "plugin/core/availability/explain.hpp"
#include "plugin/core/time/zone_id.hpp"
#include "plugin/json/json_text.hpp"

namespace scheduling {

/// {start, bookable, rule, timezone, local, message, details}: the details hold that rule's facts.
void write_explanation(JsonText& out, const Explanation& why, const ZoneId& zone, const ZoneRules& rules);

}  // namespace scheduling
