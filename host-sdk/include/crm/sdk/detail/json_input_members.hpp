#pragma once
/// How JsonInput reads objects, lists and free-form members. Included by json_input.hpp.
#include "crm/sdk/detail/json_input_read.hpp"

namespace crm::sdk {

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
    if (auto text =
            checked_text((*list)->get(static_cast<unsigned>(i)), full_name(name) + "[" + std::to_string(i) + "]", rule))
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

}  // namespace crm::sdk
