#include "module_loading/settings_schema.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Parser.h>

#include <algorithm>

namespace crm::app {
namespace {

using Type = SettingRule::Type;

Type type_named(const std::string& name) {
  if (name == "string") return Type::string;
  if (name == "integer") return Type::integer;
  if (name == "number") return Type::number;
  if (name == "boolean") return Type::boolean;
  return Type::array;
}

std::size_t characters_in(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool has_type(const Poco::Dynamic::Var& value, Type type) {
  switch (type) {
    case Type::string: return value.isString();
    case Type::boolean: return value.isBoolean();
    case Type::integer: return value.isInteger() && !value.isBoolean();
    case Type::number: return value.isNumeric() && !value.isBoolean() && !value.isString();
    case Type::array: return value.type() == typeid(Poco::JSON::Array::Ptr);
  }
  return false;
}

/// 3, and 2.5, as people write them.
std::string number_text(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string_view type_words(Type type) {
  switch (type) {
    case Type::string: return "This must be a text.";
    case Type::boolean: return "This must be true or false.";
    case Type::integer: return "This must be a whole number.";
    case Type::number: return "This must be a number.";
    case Type::array: return "This must be a list of texts.";
  }
  return "";
}

std::string range_words(const SettingRule& rule) {
  const std::string kind = rule.type == Type::integer ? "a whole number " : "a number ";
  if (rule.minimum && rule.maximum)
    return "This must be " + kind + "from " + number_text(*rule.minimum) + " to " + number_text(*rule.maximum) + ".";
  if (rule.minimum) return "This must be " + kind + "of at least " + number_text(*rule.minimum) + ".";
  return "This must be " + kind + "of at most " + number_text(rule.maximum.value_or(0)) + ".";
}

std::string choice_words(const SettingRule& rule) {
  std::string words = "This must be one of: ";
  for (const std::string& choice : rule.choices) words += (words.ends_with(": ") ? "" : ", ") + choice;
  return words + ".";
}

std::string count_words(std::size_t most, const char* what) {
  return "This may have at most " + std::to_string(most) + " " + what + ".";
}

std::optional<sdk::FieldError> check_text(const std::string& name, const std::string& text, const SettingRule& rule) {
  const std::size_t length = characters_in(text);
  const std::size_t most = rule.length_max.value_or(10'000);
  if (length > most) return sdk::FieldError{name, "too_long", count_words(most, "characters")};
  if (const std::size_t least = rule.length_min.value_or(0); length < least)
    return sdk::FieldError{name, "too_short", "This needs at least " + std::to_string(least) + " characters."};
  if (!rule.choices.empty() && std::find(rule.choices.begin(), rule.choices.end(), text) == rule.choices.end())
    return sdk::FieldError{name, "not_a_choice", choice_words(rule)};
  const bool has_nul = text.find('\0') != std::string::npos;
  if (has_nul) return sdk::FieldError{name, "invalid_text", "This text holds a forbidden character."};
  return std::nullopt;
}

std::optional<sdk::FieldError> check_array(const std::string& name, const Poco::JSON::Array& array,
                                           const SettingRule& rule) {
  if (const std::size_t most = rule.items_max.value_or(1'000); array.size() > most)
    return sdk::FieldError{name, "too_long", count_words(most, "entries")};
  for (const auto& one : array) {
    if (!one.isString()) return sdk::FieldError{name, "wrong_type", "Every entry must be a text."};
    if (auto error = check_text(name, one.toString(), rule)) return error;
  }
  return std::nullopt;
}

std::optional<sdk::FieldError> check_one(const std::string& name, const Poco::Dynamic::Var& value,
                                         const SettingRule& rule) {
  if (value.isEmpty()) return std::nullopt;
  if (!has_type(value, rule.type)) return sdk::FieldError{name, "wrong_type", std::string(type_words(rule.type))};
  if (rule.type == Type::string) return check_text(name, value.toString(), rule);
  if (rule.type == Type::array) return check_array(name, *value.extract<Poco::JSON::Array::Ptr>(), rule);
  if (rule.type == Type::boolean) return std::nullopt;
  const double number = value.convert<double>();
  if (number < rule.minimum.value_or(number) || number > rule.maximum.value_or(number))
    return sdk::FieldError{name, "out_of_range", range_words(rule)};
  return std::nullopt;
}

SettingRule read_rule(const Poco::JSON::Object& one) {
  SettingRule rule;
  rule.type = type_named(one.getValue<std::string>("type"));
  rule.is_secret = one.optValue<bool>("secret", false);
  if (one.has("default")) rule.fallback = one.get("default");
  if (const auto choices = one.getArray("enum"))
    for (const auto& choice : *choices) rule.choices.push_back(choice.toString());
  if (one.has("minimum")) rule.minimum = one.getValue<double>("minimum");
  if (one.has("maximum")) rule.maximum = one.getValue<double>("maximum");
  if (one.has("minLength")) rule.length_min = one.getValue<std::size_t>("minLength");
  if (one.has("maxLength")) rule.length_max = one.getValue<std::size_t>("maxLength");
  if (one.has("maxItems")) rule.items_max = one.getValue<std::size_t>("maxItems");
  return rule;
}

}  // namespace

sdk::Outcome<SettingsSchema> SettingsSchema::parse(const std::string& text) {
  try {
    Poco::JSON::Parser parser;
    const auto root = parser.parse(text).extract<Poco::JSON::Object::Ptr>();
    SettingsSchema schema;
    const auto properties = root->getObject("properties");
    if (!properties) return schema;
    for (const auto& [name, value] : *properties) {
      SettingRule rule = read_rule(*value.extract<Poco::JSON::Object::Ptr>());
      if (rule.is_secret && (rule.type != Type::string || !rule.fallback.isEmpty()))
        return sdk::fail(sdk::FailureKind::invalid, name + " is secret, so it is a text without a default");
      if (const auto error = check_one(name, rule.fallback, rule))
        return sdk::fail(sdk::FailureKind::invalid, name + ": the default breaks its own rule: " + error->code);
      schema.rules_.emplace(name, std::move(rule));
    }
    return schema;
  } catch (const Poco::Exception& error) {
    return sdk::fail(sdk::FailureKind::invalid, error.displayText());
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::invalid, error.what());
  }
}

std::vector<sdk::FieldError> SettingsSchema::check(const Poco::JSON::Object& changes) const {
  std::vector<sdk::FieldError> errors;
  for (const auto& [name, value] : changes) {
    const auto rule = rules_.find(name);
    if (rule == rules_.end()) {
      errors.push_back({name, "unknown_field", "There is no such setting."});
    } else if (auto error = check_one(name, value, rule->second)) {
      errors.push_back(std::move(*error));
    }
  }
  return errors;
}

Poco::JSON::Object::Ptr SettingsSchema::with_defaults(const Poco::JSON::Object& stored) const {
  Poco::JSON::Object::Ptr merged = new Poco::JSON::Object;
  for (const auto& [name, rule] : rules_)
    merged->set(name, stored.has(name) && !stored.isNull(name) ? stored.get(name) : rule.fallback);
  return merged;
}

}  // namespace crm::app
