#pragma once
/// How JsonInput reads. Included by json_input.hpp.
#include <Poco/Exception.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Parser.h>

#include <algorithm>
#include <typeinfo>

#include "crm/sdk/detail/json_scan.hpp"
#include "crm/sdk/detail/text_rules.hpp"

namespace crm::sdk {

namespace detail {
/// application/json, maybe with charset=utf-8.
inline bool is_json_type(std::string_view type) {
  std::string lower;
  for (const char c : type)
    if (c != ' ' && c != '\t' && c != '"') lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lower == "application/json" || lower == "application/json;charset=utf-8" ||
         lower == "application/json;charset=utf8";
}
inline bool is_integer(const Poco::Dynamic::Var& value) { return value.isInteger() && !value.isBoolean(); }
inline bool is_bad_number(const Poco::Dynamic::Var& value) {
  return value.type() == typeid(std::string) && value.extract<std::string>() == k_bad_number_mark;
}
}  // namespace detail

inline tl::expected<JsonInput, FieldError> JsonInput::parse(std::string_view json) {
  try {
    Poco::JSON::Parser parser;
    parser.setDepth(k_depth_max);
    const Poco::Dynamic::Var value = parser.parse(detail::marked_json(json));
    auto state = std::make_shared<State>();
    if (value.type() != typeid(Poco::JSON::Object::Ptr))
      return tl::unexpected(FieldError{"", "wrong_type", "The body must be a JSON object."});
    Node& node = state->nodes.emplace_back(Node{value.extract<Poco::JSON::Object::Ptr>(), "", {}});
    return JsonInput(std::move(state), node);
  } catch (const std::exception&) {
    return tl::unexpected(FieldError{"", "invalid_json", "The body is not readable as JSON."});
  }
}

inline tl::expected<JsonInput, Response> JsonInput::from_body(const Request& request, EmptyBody empty) {
  std::string_view json = request.body;
  if (json.empty() && empty == EmptyBody::means_no_fields) {
    json = "{}";
  } else if (!detail::is_json_type(request.header("Content-Type").value_or(""))) {
    return tl::unexpected(refuse(415, "unsupported_media_type", "The body must be application/json in UTF-8"));
  }
  auto input = parse(json);
  if (input) return std::move(*input);
  if (input.error().code == "invalid_json")
    return tl::unexpected(refuse(400, "invalid_json", "The body is not readable as JSON"));
  return tl::unexpected(validation_failed({input.error()}));
}

inline Outcome<JsonInput> JsonInput::from_text(std::string_view json) {
  auto input = parse(json);
  if (!input) return fail(FailureKind::invalid, input.error().message);
  return std::move(*input);
}

inline std::string JsonInput::full_name(std::string_view name) const {
  if (node_->prefix.empty()) return std::string(name);
  return name.empty() ? node_->prefix : node_->prefix + "." + std::string(name);
}

inline void JsonInput::note_full(std::string name, std::string code, std::string message) {
  if (state_->errors.size() < k_errors_max)
    state_->errors.push_back({std::move(name), std::move(code), std::move(message)});
}
inline void JsonInput::note(std::string_view name, std::string code, std::string message) {
  note_full(full_name(name), std::move(code), std::move(message));
}

inline JsonInput JsonInput::below(Poco::JSON::Object::Ptr object, std::string prefix) {
  return JsonInput(state_, state_->nodes.emplace_back(Node{std::move(object), std::move(prefix), {}}));
}

inline std::optional<Poco::Dynamic::Var> JsonInput::ask(std::string_view name) {
  node_->asked.emplace(name);
  const std::string key(name);
  if (!node_->object->has(key) || node_->object->isNull(key)) return std::nullopt;
  return node_->object->get(key);
}

inline bool JsonInput::has(std::string_view name) const { return node_->object->has(std::string(name)); }
inline bool JsonInput::is_null(std::string_view name) {
  node_->asked.emplace(name);
  return has(name) && node_->object->isNull(std::string(name));
}

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

inline std::optional<JsonInput> JsonInput::object(std::string_view name) {
  const auto value = ask(name);
  if (!value) return std::nullopt;
  if (value->type() == typeid(Poco::JSON::Object::Ptr))
    return below(value->extract<Poco::JSON::Object::Ptr>(), full_name(name));
  note(name, "wrong_type", "This must be an object.");
  return std::nullopt;
}

inline std::optional<Poco::JSON::Array::Ptr> JsonInput::array(std::string_view name, std::size_t count_max) {
  const auto value = ask(name);
  if (!value) return std::nullopt;
  if (value->type() != typeid(Poco::JSON::Array::Ptr)) {
    note(name, "wrong_type", "This must be a list.");
    return std::nullopt;
  }
  auto list = value->extract<Poco::JSON::Array::Ptr>();
  if (list->size() <= count_max) return list;
  note(name, "too_many", "At most " + std::to_string(count_max) + " entries are allowed.");
  return std::nullopt;
}

inline std::optional<std::vector<JsonInput>> JsonInput::objects(std::string_view name, std::size_t count_max) {
  const auto list = array(name, count_max);
  if (!list) return std::nullopt;
  std::vector<JsonInput> out;
  for (std::size_t i = 0; i < (*list)->size(); ++i) {
    const std::string entry = full_name(name) + "[" + std::to_string(i) + "]";
    const Poco::Dynamic::Var value = (*list)->get(static_cast<unsigned>(i));
    if (value.type() == typeid(Poco::JSON::Object::Ptr))
      out.push_back(below(value.extract<Poco::JSON::Object::Ptr>(), entry));
    else
      note_full(entry, "wrong_type", "This must be an object.");
  }
  return out;
}

inline std::optional<std::vector<std::string>> JsonInput::texts(std::string_view name, std::size_t count_max,
                                                                TextRule rule) {
  const auto list = array(name, count_max);
  if (!list) return std::nullopt;
  std::vector<std::string> out;
  for (std::size_t i = 0; i < (*list)->size(); ++i)
    if (auto text = checked_text((*list)->get(static_cast<unsigned>(i)),
                                 full_name(name) + "[" + std::to_string(i) + "]", rule))
      out.push_back(std::move(*text));
  return out;
}

inline std::optional<std::vector<std::int64_t>> JsonInput::integers(std::string_view name, std::size_t count_max,
                                                                    std::int64_t min, std::int64_t max) {
  const auto list = array(name, count_max);
  if (!list) return std::nullopt;
  std::vector<std::int64_t> out;
  for (std::size_t i = 0; i < (*list)->size(); ++i)
    if (const auto number = checked_integer((*list)->get(static_cast<unsigned>(i)),
                                            full_name(name) + "[" + std::to_string(i) + "]", min, max))
      out.push_back(*number);
  return out;
}

inline void JsonInput::check_texts(const Poco::Dynamic::Var& value, const std::string& name, TextRule rule) {
  if (value.type() == typeid(Poco::JSON::Object::Ptr)) {
    for (const auto& [key, member] : *value.extract<Poco::JSON::Object::Ptr>()) {
      if (!detail::is_clean_text(key, false) || key.empty() || detail::characters(key) > 100)
        note_full(name, "invalid_text", "A field name in here cannot be stored.");
      check_texts(member, name + "." + key, rule);
    }
  } else if (value.type() == typeid(Poco::JSON::Array::Ptr)) {
    std::size_t i = 0;
    for (const auto& member : *value.extract<Poco::JSON::Array::Ptr>())
      check_texts(member, name + "[" + std::to_string(i++) + "]", rule);
  } else if (detail::is_bad_number(value)) {
    note_full(name, "out_of_range", "This number is too large.");
  } else if (value.type() == typeid(std::string)) {
    checked_text(value, name, rule);
  }
}

inline std::optional<Poco::Dynamic::Var> JsonInput::anything(std::string_view name, TextRule rule) {
  node_->asked.emplace(name);
  if (!has(name)) return std::nullopt;
  Poco::Dynamic::Var value = node_->object->get(std::string(name));
  check_texts(value, full_name(name), rule);
  return value;
}

inline std::vector<std::string> JsonInput::names() const {
  std::vector<std::string> out;
  for (const auto& field : *node_->object) out.push_back(field.first);
  return out;
}

inline void JsonInput::ignore(std::initializer_list<std::string_view> names) {
  for (const auto name : names) node_->asked.emplace(name);
}

inline void JsonInput::require(std::string_view name) {
  node_->asked.emplace(name);
  if (!has(name) || node_->object->isNull(std::string(name))) note(name, "required", "This is needed.");
}

inline std::optional<Response> JsonInput::refusal() {
  for (const Node& node : state_->nodes)
    for (const auto& field : *node.object)
      if (!node.asked.contains(field.first)) {
        const std::string shown = detail::is_clean_text(field.first, false) ? field.first : "?";
        note_full(node.prefix.empty() ? shown : node.prefix + "." + shown, "unknown_field", "This field is not known.");
      }
  if (state_->errors.empty()) return std::nullopt;
  return validation_failed(state_->errors);
}

}  // namespace crm::sdk
