#pragma once
#include "crm/sdk/http.hpp"
#include "crm/sdk/json_input.hpp"
#include "plugin/json/json_text.hpp"
#include "plugin/services/catalog/scheduling_service.hpp"

namespace scheduling {

enum class Verb { create, update };  ///< what a body must hold

/// Lays the member `settings`, when present, over `draft`; null clears it.
void merge_settings_field(crm::sdk::JsonInput& input, MeetingTypeSettingsDraft& draft);

/// The error is the answer.
crm::sdk::Expected<MeetingTypeChange, crm::sdk::Response> decode_meeting_type(const crm::sdk::Request& request,
                                                                              Verb verb);
void write_meeting_type(JsonText& out, const MeetingType& type);

}  // namespace scheduling
