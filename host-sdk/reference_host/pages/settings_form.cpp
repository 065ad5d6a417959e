#include "reference_host/pages/settings_form.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <charconv>
#include <sstream>

#include "crm/sdk/json_input.hpp"
#include "crm/sdk/problem.hpp"

namespace crm::app {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Object;

enum class Input { checkbox, choice, number, text, secret, json };

Object::Ptr parse(const std::string& json) {
  Poco::JSON::Parser parser;
  return parser.parse(json.empty() ? "{}" : json).extract<Object::Ptr>();
}

Object::Ptr properties_of(const ModuleSettings& settings) {
  const Object::Ptr schema = parse(settings.schema_json);
  return schema->isObject("properties") ? schema->getObject("properties") : Object::Ptr(new Object);
}

/// The schema's type; of ["integer","null"] the first.
std::string type_of(const Object& property) {
  if (property.isArray("type")) return property.getArray("type")->getElement<std::string>(0);
  return property.optValue<std::string>("type", "string");
}

bool is_secret(const Object& property) {
  return property.optValue("secret", false) || property.optValue("x-secret", false) ||
         property.optValue("writeOnly", false);
}

Input input_of(const Object& property) {
  if (is_secret(property)) return Input::secret;
  if (property.isArray("enum")) return Input::choice;
  const std::string type = type_of(property);
  if (type == "boolean") return Input::checkbox;
  if (type == "integer" || type == "number") return Input::number;
  return type == "object" || type == "array" ? Input::json : Input::text;
}

std::string shown_value(const Var& value, Input input) {
  if (value.isEmpty()) return {};
  return input == Input::json ? sdk::json_text(value) : sdk::scalar_text(value);
}

PageData options_of(const Object& property, const std::string& chosen) {
  PageData options = page_list();
  for (const Var& choice : *property.getArray("enum")) {
    if (choice.isEmpty()) continue;
    PageData option;
    option.set("value", choice.convert<std::string>());
    option.set("selected", choice.convert<std::string>() == chosen);
    options << option;
  }
  return options;
}

/// One answer as JSON, or why it cannot be read; empty: leave the setting as it is.
crm::sdk::Expected<std::string, std::string> answer_json(const std::string& name, const Object& property,
                                                         const sdk::Form& form) {
  const auto invalid = [](const char* why) { return crm::sdk::unexpected(std::string(why)); };
  const Input input = input_of(property);
  const std::string field = "s." + name;
  if (input == Input::checkbox) return form.has(field) ? "true" : "false";
  if (!form.has(field)) return std::string();
  const std::string text = input == Input::secret ? form.value(field) : form.text(field);
  if (input == Input::secret && text.empty()) return std::string();
  const std::string type = type_of(property);
  if (type == "integer" || type == "number") {
    if (text.empty()) return std::string("null");
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return invalid("This must be a number.");
    return text;
  }
  if (input == Input::json) {
    try {
      Poco::JSON::Parser parser;
      return sdk::json_text(parser.parse(text));
    } catch (const Poco::Exception&) {
      return invalid("This is not readable as JSON.");
    }
  }
  std::string quoted;
  sdk::append_json_string(quoted, text);
  return quoted;
}

std::string title_of(const Object& properties, const std::string& name) {
  return properties.isObject(name) ? properties.getObject(name)->optValue<std::string>("title", name) : name;
}

}  // namespace

PageData settings_fields(const ModuleSettings& settings, const sdk::Form* typed,
                         const std::vector<sdk::FieldError>& errors) {
  const Object::Ptr values = parse(settings.values_json);
  const Object::Ptr properties = properties_of(settings);  // held: the loop only borrows it
  PageData fields = page_list();
  for (const auto& [name, schema] : *properties) {
    const auto property = schema.extract<Object::Ptr>();
    const Input input = input_of(*property);
    const Var stored = values->has(name) ? values->get(name) : property->get("default");
    std::string value = input == Input::secret ? std::string() : shown_value(stored, input);
    if (typed != nullptr && input == Input::checkbox) value = typed->has("s." + name) ? "true" : "false";
    if (typed != nullptr && input != Input::checkbox && input != Input::secret && typed->has("s." + name))
      value = typed->value("s." + name);
    PageData field;
    field.set("name", name);
    field.set("label", title_of(*properties, name));
    field.set("value", value);
    field.set("is_checkbox", input == Input::checkbox);
    field.set("checked", value == "true");
    field.set("is_choice", input == Input::choice);
    if (input == Input::choice) field.set("options", options_of(*property, value));
    field.set("is_number", input == Input::number);
    field.set("is_whole", type_of(*property) == "integer");
    field.set("is_text", input == Input::text);
    field.set("is_secret", input == Input::secret);
    field.set("is_json", input == Input::json);
    for (const sdk::FieldError& error : errors)
      if (error.field == name) field.set("error", error.message);
    if (property->has("description")) field.set("hint", property->getValue<std::string>("description"));
    fields << field;
  }
  return fields;
}

PageData settings_errors(const ModuleSettings& settings, const std::vector<sdk::FieldError>& errors) {
  const Object::Ptr properties = properties_of(settings);
  PageData list = page_list();
  for (const sdk::FieldError& error : errors) {
    PageData entry;
    entry.set("name", error.field);
    entry.set("title", title_of(*properties, error.field));
    entry.set("message", error.message);
    list << entry;
  }
  return list;
}

SettingsAnswers settings_from_form(const ModuleSettings& settings, const sdk::Form& form) {
  const Object::Ptr properties = properties_of(settings);  // held: the loop only borrows it
  SettingsAnswers answers;
  std::string json = "{";
  for (const auto& [name, schema] : *properties) {
    auto answer = answer_json(name, *schema.extract<Object::Ptr>(), form);
    if (!answer) answers.errors.push_back({name, "unreadable", answer.error()});
    if (!answer || answer->empty()) continue;
    if (json.size() > 1) json += ',';
    sdk::append_json_string(json, name);
    json += ':' + *answer;
  }
  answers.json = json + "}";
  return answers;
}

}  // namespace crm::app
