#include "reference_host/html_pages/settings_form.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/ParseHandler.h>
#include <Poco/JSON/Parser.h>

#include <charconv>
#include <sstream>

#include "crm/sdk/json_input.hpp"
#include "crm/sdk/problem.hpp"

namespace crm::app {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Object;

enum class Input { checkbox, choice, number, text, secret, list };

/// Names stay in the order of the text: settings are shown as their manifest sorts them.
Object::Ptr parse(const std::string& json) {
  Poco::JSON::Parser parser(new Poco::JSON::ParseHandler(true));
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
  return type == "array" ? Input::list : Input::text;
}

/// An entry a line.
std::string lines_of(const Var& value) {
  std::string lines;
  if (value.type() != typeid(Poco::JSON::Array::Ptr)) return lines;
  const auto& entries = value.extract<Poco::JSON::Array::Ptr>();
  for (const Var& entry : *entries) lines += (lines.empty() ? "" : "\n") + entry.toString();
  return lines;
}

/// What stands on each line, without the space around it; empty lines are no entries.
std::string list_json(const std::string& text) {
  std::string json = "[";
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) continue;
    if (json.size() > 1) json += ',';
    sdk::append_json_string(json, line.substr(first, line.find_last_not_of(" \t\r") + 1 - first));
  }
  return json + ']';
}

/// "From 1 to 3650; 30 when nothing is set."
std::string bounds_words(const Object& property) {
  std::string words;
  if (property.has("minimum") && property.has("maximum"))
    words = "From " + sdk::scalar_text(property.get("minimum")) + " to " + sdk::scalar_text(property.get("maximum"));
  else if (property.has("minimum"))
    words = "At least " + sdk::scalar_text(property.get("minimum"));
  else if (property.has("maximum"))
    words = "At most " + sdk::scalar_text(property.get("maximum"));
  if (property.has("default") && !property.isNull("default"))
    words += (words.empty() ? "" : "; ") + sdk::scalar_text(property.get("default")) + " when nothing is set";
  return words.empty() ? words : words + ".";
}

std::string shown_value(const Var& value, Input input) {
  if (value.isEmpty()) return {};
  return input == Input::list ? lines_of(value) : sdk::scalar_text(value);
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
  if (input == Input::list) return list_json(form.value(field));
  std::string quoted;
  sdk::append_json_string(quoted, text);
  return quoted;
}

std::string title_of(const Object& properties, const std::string& name) {
  return properties.isObject(name) ? properties.getObject(name)->optValue<std::string>("title", name) : name;
}

/// In the order in which they are first named.
PageData& group_named(std::vector<std::pair<std::string, PageData>>& groups, const std::string& title) {
  for (auto& [known, fields] : groups)
    if (known == title) return fields;
  return groups.emplace_back(title, page_list()).second;
}

}  // namespace

PageData settings_groups(const ModuleSettings& settings, const sdk::Form* typed,
                         const std::vector<sdk::FieldError>& errors) {
  const Object::Ptr values = parse(settings.values_json);
  const Object::Ptr properties = properties_of(settings);
  std::vector<std::pair<std::string, PageData>> groups;
  for (const std::string& name : properties->getNames()) {
    const auto property = properties->getObject(name);
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
    field.set("is_list", input == Input::list);
    std::string described;
    for (const sdk::FieldError& error : errors)
      if (error.field == name) {
        field.set("error", error.message);
        described = "e-" + name + " ";
      }
    std::string hint = property->optValue<std::string>("description", "");
    if (input == Input::number) hint += (hint.empty() ? "" : " ") + bounds_words(*property);
    if (input == Input::list) hint += (hint.empty() ? "" : " ") + std::string("One on each line.");
    if (!hint.empty()) {
      field.set("hint", hint);
      described += "h-" + name;
    }
    if (!described.empty()) field.set("described_by", described);
    group_named(groups, property->optValue<std::string>("group", "")) << field;
  }
  PageData list = page_list();
  for (auto& [title, fields] : groups) {
    PageData group;
    if (!title.empty()) group.set("group", title);
    group.set("fields", fields);
    list << group;
  }
  return list;
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
  const Object::Ptr properties = properties_of(settings);
  SettingsAnswers answers;
  std::string json = "{";
  for (const std::string& name : properties->getNames()) {
    auto answer = answer_json(name, *properties->getObject(name), form);
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
