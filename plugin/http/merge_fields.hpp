#pragma once
/// Reads the fields of a request's JSON object: over values that have defaults, and into the patches of an update.
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/json_input.hpp"
#include "plugin/core/patch.hpp"

namespace scheduling {

/// Lengths are the core's to judge; this only bounds what is copied.
inline constexpr crm::sdk::TextRule k_line{.min = 0, .max = 4096, .multiline = false};
inline constexpr crm::sdk::TextRule k_text{.min = 0, .max = 60000, .multiline = true};
inline constexpr std::int64_t k_int_min = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int64_t k_int_max = std::numeric_limits<std::int32_t>::max();

inline void note_null(crm::sdk::JsonInput& input, std::string_view name) {
  if (input.is_null(name)) input.note(name, "required", "This may not be null");
}

/// An absent field leaves `slot` as it is. Null becomes empty, which the core calls `required`.
inline void merge(crm::sdk::JsonInput& input, std::string_view name, std::string& slot,
                  crm::sdk::TextRule rule = k_line) {
  if (input.has(name)) slot = input.text(name, rule).value_or("");
}
inline void merge(crm::sdk::JsonInput& input, std::string_view name, std::optional<std::string>& slot,
                  crm::sdk::TextRule rule = k_line) {
  if (input.has(name)) slot = input.text(name, rule);
}

/// For fields of a patch that may not be null. A null text becomes empty, which the core calls `required`.
inline void read_field(crm::sdk::JsonInput& input, std::string_view name, std::optional<std::string>& change,
                       crm::sdk::TextRule rule = k_line) {
  if (input.has(name)) change = input.text(name, rule).value_or("");
}
inline void read_field(crm::sdk::JsonInput& input, std::string_view name, std::optional<bool>& change) {
  if (!input.has(name)) return;
  note_null(input, name);
  change = input.boolean(name);
}
inline void read_field(crm::sdk::JsonInput& input, std::string_view name, std::optional<std::int64_t>& change,
                       std::int64_t min = k_int_min) {
  if (!input.has(name)) return;
  note_null(input, name);
  change = input.integer(name, min, k_int_max);
}
/// For fields that null clears.
inline void read_field(crm::sdk::JsonInput& input, std::string_view name, Patch<std::string>& change,
                       crm::sdk::TextRule rule = k_line) {
  if (input.has(name)) change = input.text(name, rule);
}
inline void read_field(crm::sdk::JsonInput& input, std::string_view name, Patch<std::int64_t>& change) {
  if (input.has(name)) change = input.integer(name, k_int_min, k_int_max);
}

}  // namespace scheduling
