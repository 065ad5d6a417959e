#pragma once
/// Two wall times from outside, read as one span.
#include <optional>
#include <string_view>

#include "plugin/core/error.hpp"
#include "plugin/core/schedule/local_span.hpp"

namespace scheduling {

/// Reports under `prefix` + "start_time" or "end_time": required, invalid_format, out_of_range (the end
/// is not after the start; a rule never crosses midnight).
std::optional<LocalSpan> check_hours(FieldErrors& errors, std::string_view prefix, std::string_view start_time,
                                     std::string_view end_time);

}  // namespace scheduling
