#pragma once
#include "crm/sdk/http.hpp"
#include "crm/sdk/json_input.hpp"
#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/json/json_text.hpp"

namespace scheduling {

enum class Verb { create, update };  ///< what a body must hold

/// The member `settings` of a body; null clears every setting.
MeetingTypeSettingsPatch read_settings_field(crm::sdk::JsonInput& input);

/// The error is the answer.
crm::sdk::Expected<MeetingTypePatch, crm::sdk::Response> decode_meeting_type(const crm::sdk::Request& request,
                                                                             Verb verb);
void write_meeting_type(JsonText& out, const MeetingType& type);

}  // namespace scheduling
