#include "plugin/core/schedule/hours_text.hpp"

namespace scheduling {
namespace {

std::optional<LocalTime> check_time(FieldErrors& errors, std::string field, std::string_view text) {
  if (text.empty()) {
    errors.add(std::move(field), "required", "Enter a time as HH:MM.");
    return std::nullopt;
  }
  const auto time = LocalTime::parse(text);
  if (!time) errors.add(std::move(field), "invalid_format", "Write the time as HH:MM, from 00:00 to 24:00.");
  return time;
}

}  // namespace

std::optional<LocalSpan> check_hours(FieldErrors& errors, std::string_view prefix, std::string_view start_time,
                                     std::string_view end_time) {
  const auto start = check_time(errors, std::string(prefix) + "start_time", start_time);
  const auto end = check_time(errors, std::string(prefix) + "end_time", end_time);
  if (!start || !end) return std::nullopt;
  if (*start >= *end) {
    errors.add(std::string(prefix) + "end_time", "out_of_range",
               "The end must be after the start; hours until after midnight are two entries.");
    return std::nullopt;
  }
  return LocalSpan{*start, *end};
}

}  // namespace scheduling
