#pragma once
/// `answers`, `guests`, `utm` and `mail_failures` of a meeting as JSON: in answers and the columns of that name.
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/result.hpp"
#include "plugin/json/json_text.hpp"

namespace scheduling {

void write_answers(JsonText& out, const std::vector<Answer>& answers);  ///< {"id": value}
void write_texts(JsonText& out, const std::vector<std::string>& texts);
void write_mail_failures(JsonText& out, const std::vector<MailFailure>& failures);

/// From the columns. `broken` when they are not ours. Answers come in the order of their ids.
Result<std::vector<Answer>> parse_answers(std::string_view json);
Result<std::vector<std::string>> parse_texts(std::string_view json);
Result<UtmValues> parse_utm(std::string_view json);
Result<std::vector<MailFailure>> parse_mail_failures(std::string_view json);

}  // namespace scheduling
