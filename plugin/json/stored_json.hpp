#pragma once
/// Reading JSONB columns, all of them: what stands there was written by us, so a surprise is `broken`. Numbers that an
/// older version or a person stored are read with patience (JsonInput::from_text).
#include <string>
#include <string_view>
#include <utility>

#include "crm/sdk/json_input.hpp"
#include "plugin/core/result.hpp"

namespace scheduling {

inline Result<crm::sdk::JsonInput> read_stored(std::string_view json) {
  auto input = crm::sdk::JsonInput::from_text(json);
  if (!input) return fail(Code::broken, "stored JSON: " + input.error().message);
  return std::move(*input);
}

/// For columns that hold an array: read the field `items` of the result.
inline Result<crm::sdk::JsonInput> read_stored_items(std::string_view json) {
  return read_stored("{\"items\":" + std::string(json) + "}");
}

template <class T>
Result<T> stored_as(const crm::sdk::JsonInput& input, T value) {
  if (input.clean()) return value;
  return fail(Code::broken, "stored JSON: " + input.errors().front().field + " " + input.errors().front().code);
}

}  // namespace scheduling
