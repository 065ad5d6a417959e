#pragma once
/// How JsonInput reads texts, numbers and truth values. Included by json_input.hpp.
#include "crm/sdk/detail/json_input_read.hpp"

namespace crm::sdk {

inline std::optional<std::string> JsonInput::checked_text(const Poco::Dynamic::Var& value, const std::string& name,
                                                          TextRule rule) {
  if (value.type() != typeid(std::string) || detail::is_bad_number(value)) {
    note_full(name, "wrong_type", "This must be a text.");
    return std::nullopt;
  }
  const std::string& text = value.extract<std::string>();
  if (!detail::is_clean_text(text, rule.multiline)) {
    note_full(name, "invalid_text", "This holds characters that cannot be stored.");
  } else if (rule.min > 0 && detail::is_blank(text)) {
    note_full(name, "required", "This must not be empty.");
  } else if (const std::size_t length = detail::characters(text); length < rule.min) {
    note_full(name, "too_short", "This needs at least " + std::to_string(rule.min) + " characters.");
  } else if (length > rule.max) {
    note_full(name, "too_long", "This may have at most " + std::to_string(rule.max) + " characters.");
  } else {
    return text;
  }
  return std::nullopt;
}

inline std::optional<std::int64_t> JsonInput::checked_integer(const Poco::Dynamic::Var& value, const std::string& name,
                                                              std::int64_t min, std::int64_t max) {
  const bool out = detail::is_bad_number(value);
  if (!out && !detail::is_integer(value)) {
    note_full(name, "wrong_type", "This must be a whole number.");
    return std::nullopt;
  }
  const std::int64_t number = out ? 0 : value.convert<std::int64_t>();
  if (!out && number >= min && number <= max) return number;
  note_full(name, "out_of_range", "This must lie between " + std::to_string(min) + " and " + std::to_string(max) + ".");
  return std::nullopt;
}

inline std::optional<std::string> JsonInput::text(std::string_view name, TextRule rule) {
  const auto value = ask(name);
  return value ? checked_text(*value, full_name(name), rule) : std::nullopt;
}

inline std::optional<std::int64_t> JsonInput::integer(std::string_view name, std::int64_t min, std::int64_t max) {
  const auto value = ask(name);
  return value ? checked_integer(*value, full_name(name), min, max) : std::nullopt;
}

inline std::optional<double> JsonInput::number(std::string_view name, double min, double max) {
  const auto value = ask(name);
  if (!value) return std::nullopt;
  const bool out = detail::is_bad_number(*value);
  if (!out && (!value->isNumeric() || value->isBoolean() || value->isString())) {
    note(name, "wrong_type", "This must be a number.");
    return std::nullopt;
  }
  const double real = out ? 0 : value->convert<double>();
  if (!out && real >= min && real <= max) return real;
  note(name, "out_of_range", "This number is too small or too large.");
  return std::nullopt;
}

inline std::optional<bool> JsonInput::boolean(std::string_view name) {
  const auto value = ask(name);
  if (!value) return std::nullopt;
  if (value->isBoolean()) return value->extract<bool>();
  note(name, "wrong_type", "This must be true or false.");
  return std::nullopt;
}

}  // namespace crm::sdk
