#pragma once
/// How JsonInput parses a body, notes what is wrong and answers with it. Included by json_input.hpp.
#include <Poco/Exception.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Parser.h>

#include <algorithm>
#include <typeinfo>

#include "crm/sdk/detail/json_scan.hpp"
#include "crm/sdk/detail/text_rules.hpp"
#include "crm/sdk/detail/unique_names.hpp"

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
inline bool is_integer(const Poco::Dynamic::Var& value) {
  return value.isInteger() && !value.isBoolean();
}
inline bool is_bad_number(const Poco::Dynamic::Var& value) {
  return value.type() == typeid(std::string) && value.extract<std::string>() == k_bad_number_mark;
}
}  // namespace detail

inline crm::sdk::Expected<JsonInput, FieldError> JsonInput::parse(std::string_view json, detail::OddNumbers odd) {
  try {
    const Poco::SharedPtr<detail::UniqueNames> names = new detail::UniqueNames;
    Poco::JSON::Parser parser(names);
    parser.setDepth(odd == detail::OddNumbers::are_marked ? k_depth_max : k_stored_depth_max);
    const Poco::Dynamic::Var value = parser.parse(detail::marked_json(json, odd));
    if (const std::string& name = names->repeated(); !name.empty())
      return crm::sdk::unexpected(FieldError{detail::is_clean_text(name, false) ? name : "?", "duplicate_field",
                                             "This name stands twice in its object."});
    auto state = std::make_shared<State>();
    if (value.type() != typeid(Poco::JSON::Object::Ptr))
      return crm::sdk::unexpected(FieldError{"", "wrong_type", "The body must be a JSON object."});
    Node& node = state->nodes.emplace_back(Node{value.extract<Poco::JSON::Object::Ptr>(), "", {}});
    return JsonInput(std::move(state), node);
  } catch (const std::exception&) {
    return crm::sdk::unexpected(FieldError{"", "invalid_json", "The body is not readable as JSON."});
  }
}

inline crm::sdk::Expected<JsonInput, Response> JsonInput::from_body(const Request& request, EmptyBody empty) {
  std::string_view json = request.body;
  if (json.empty() && empty == EmptyBody::means_no_fields) {
    json = "{}";
  } else if (!detail::is_json_type(request.header("Content-Type").value_or(""))) {
    return crm::sdk::unexpected(refuse(415, "unsupported_media_type", "The body must be application/json in UTF-8"));
  }
  auto input = parse(json, detail::OddNumbers::are_marked);
  if (input) return std::move(*input);
  if (input.error().code == "invalid_json")
    return crm::sdk::unexpected(refuse(400, "invalid_json", "The body is not readable as JSON"));
  return crm::sdk::unexpected(validation_failed({input.error()}));
}

inline Outcome<JsonInput> JsonInput::from_text(std::string_view json) {
  auto input = parse(json, detail::OddNumbers::become_readable);
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

inline bool JsonInput::has(std::string_view name) const {
  return node_->object->has(std::string(name));
}
inline bool JsonInput::is_null(std::string_view name) {
  node_->asked.emplace(name);
  return has(name) && node_->object->isNull(std::string(name));
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
