#pragma once
/// Lays request fields over a draft: an absent field leaves the draft as it is.
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/json_input.hpp"

namespace scheduling {

/// Lengths are the core's to judge; this only bounds what is copied.
inline constexpr crm::sdk::TextRule k_line{.min = 0, .max = 4096, .multiline = false};
inline constexpr crm::sdk::TextRule k_text{.min = 0, .max = 60000, .multiline = true};
inline constexpr std::int64_t k_int_min = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int64_t k_int_max = std::numeric_limits<std::int32_t>::max();

inline void note_null(crm::sdk::JsonInput& input, std::string_view name) {
  if (input.is_null(name)) input.note(name, "required", "This may not be null");
}

/// Null becomes empty, which the core calls `required`.
inline void merge(crm::sdk::JsonInput& input, std::string_view name, std::string& slot,
                  crm::sdk::TextRule rule = k_line) {
  if (input.has(name)) slot = input.text(name, rule).value_or("");
}
inline void merge(crm::sdk::JsonInput& input, std::string_view name, std::optional<std::string>& slot,
                  crm::sdk::TextRule rule = k_line) {
  if (input.has(name)) slot = input.text(name, rule);
}
inline void merge(crm::sdk::JsonInput& input, std::string_view name, bool& slot) {
  if (!input.has(name)) return;
  note_null(input, name);
  slot = input.boolean(name).value_or(slot);
}
inline void merge(crm::sdk::JsonInput& input, std::string_view name, std::int64_t& slot) {
  if (!input.has(name)) return;
  note_null(input, name);
  slot = input.integer(name, k_int_min, k_int_max).value_or(slot);
}
inline void merge(crm::sdk::JsonInput& input, std::string_view name, std::optional<std::int64_t>& slot) {
  if (input.has(name)) slot = input.integer(name, k_int_min, k_int_max);
}

}  // namespace scheduling
