#pragma once
/// Who was considered for a meeting, as the API shows it and the journal keeps it.
#include <string_view>
#include <vector>

#include "plugin/core/assignment/assignment_record.hpp"
#include "plugin/core/result.hpp"
#include "plugin/json/json_text.hpp"

namespace scheduling {

void write_considered(JsonText& out, const std::vector<Considered>& considered);
/// What write_considered() wrote.
Result<std::vector<Considered>> parse_considered(std::string_view json);

}  // namespace scheduling
