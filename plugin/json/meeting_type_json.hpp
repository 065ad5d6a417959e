#pragma once
/// `settings` and `questions` of a meeting type as JSON: in requests, answers and the columns of that name.
#include <string_view>
#include <vector>

#include "crm/sdk/json_input.hpp"
#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/core/result.hpp"
#include "plugin/json/json_text.hpp"

namespace scheduling {

/// Only what the type sets itself, so that the object can be sent back as it is.
void write_settings(JsonText& out, const MeetingTypeSettings& settings);
void write_questions(JsonText& out, const std::vector<Question>& questions);

/// What the object says: absent keys stay, `confirmation` and `event` are replaced whole. Null clears, so that the type
/// inherits again; in max_days_in_advance it means "no horizon". Wrong types are noted in `input`.
MeetingTypeSettingsPatch read_settings(crm::sdk::JsonInput& input);
std::vector<QuestionDraft> read_questions(std::vector<crm::sdk::JsonInput>& items);

/// From the columns. `broken` when they are not ours.
Result<MeetingTypeSettingsDraft> parse_settings(std::string_view json);
Result<std::vector<QuestionDraft>> parse_questions(std::string_view json);

}  // namespace scheduling
