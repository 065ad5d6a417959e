#include "plugin/core/schedule/number_bounds.hpp"

namespace scheduling {

std::int64_t check_bounds(FieldErrors& errors, std::string_view field, std::int64_t value, Bounds bounds) {
  if (value >= bounds.min && value <= bounds.max) return value;
  errors.add(std::string(field), "out_of_range",
             "Enter a whole number from " + std::to_string(bounds.min) + " to " + std::to_string(bounds.max) + ".");
  return bounds.min;
}

std::optional<std::int64_t> check_bounds(FieldErrors& errors, std::string_view field, std::optional<std::int64_t> value,
                                         Bounds bounds) {
  if (!value) return std::nullopt;
  return check_bounds(errors, field, *value, bounds);
}

}  // namespace scheduling
