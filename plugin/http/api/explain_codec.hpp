#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "plugin/core/availability/explain.hpp"
#include "plugin/core/time/zone_id.hpp"
#include "plugin/json/json_text.hpp"
#include "plugin/services/availability/availability_service.hpp"

namespace scheduling {

/// {start, bookable, rule, timezone, local, message, details}: the details hold that rule's facts.
void write_explanation(JsonText& out, const Explanation& why, const ZoneId& zone, const ZoneRules& rules);

/// A member of a team, and what would refuse them.
struct ExplainedMember {
  UserId user{};
  std::optional<std::string_view> absence{};  ///< why no booking reaches them, whatever the time
  std::optional<ExplainedStart> explained{};  ///< none with an absence
};

/// The same for a team, with `hosts: [{user_id, bookable, rule, message}]`. Where nobody serves, the rule is
/// "no_hosts".
void write_team_explanation(JsonText& out, const ExplainedStart& told, bool is_bookable, bool has_hosts,
                            const std::vector<ExplainedMember>& members);

}  // namespace scheduling
