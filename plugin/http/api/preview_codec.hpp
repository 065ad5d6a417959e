#pragma once
#include "crm/sdk/http.hpp"
#include "plugin/json/json_text.hpp"
#include "plugin/services/availability/rule_preview.hpp"

namespace scheduling {

/// The error is the answer. Fields are named as those of the writes, below their place in this body:
/// "availability.rules[0].end_time", "overrides.add[1].date".
crm::sdk::Expected<RulePreviewQuery, crm::sdk::Response> decode_preview(const crm::sdk::Request& request);
void write_preview(JsonText& out, const RulePreview& preview);

}  // namespace scheduling
