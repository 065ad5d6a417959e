#pragma once
#include "crm/sdk/http.hpp"
#include "crm/sdk/json_input.hpp"
#include "plugin/json/json_text.hpp"
#include "plugin/services/availability/availability_service.hpp"

namespace scheduling {

/// Lays the present fields over `draft`.
void merge_availability(crm::sdk::JsonInput& input, AvailabilityDraft& draft);
DayOverrideDraft read_override(crm::sdk::JsonInput& input);

/// The error is the answer.
crm::sdk::Expected<AvailabilityChange, crm::sdk::Response> decode_availability(const crm::sdk::Request& request);
crm::sdk::Expected<DayOverrideDraft, crm::sdk::Response> decode_override(const crm::sdk::Request& request);
void write_availability(JsonText& out, const HostSchedule& schedule);
void write_override(JsonText& out, const DayOverride& day);

}  // namespace scheduling
