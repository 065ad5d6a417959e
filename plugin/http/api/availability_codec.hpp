#pragma once
#include "crm/sdk/http.hpp"
#include "crm/sdk/json_input.hpp"
#include "plugin/core/schedule/host_schedule.hpp"
#include "plugin/json/json_text.hpp"

namespace scheduling {

/// What the object says; wrong types are noted in `input`.
AvailabilityPatch read_availability(crm::sdk::JsonInput& input);
DayOverrideDraft read_override(crm::sdk::JsonInput& input);

/// The error is the answer.
crm::sdk::Expected<AvailabilityPatch, crm::sdk::Response> decode_availability(const crm::sdk::Request& request);
crm::sdk::Expected<DayOverrideDraft, crm::sdk::Response> decode_override(const crm::sdk::Request& request);
/// `today`: what day it is for the host.
void write_availability(JsonText& out, const HostSchedule& schedule, LocalDate today);
void write_override(JsonText& out, const DayOverride& day);

}  // namespace scheduling
