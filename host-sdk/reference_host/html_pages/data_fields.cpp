#include "reference_host/html_pages/data_fields.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include "crm/sdk/instant_text.hpp"
#include "crm/sdk/json_input.hpp"
#include "reference_host/html_pages/local_time.hpp"

namespace crm::app {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;

/// "attendee_name" → "Attendee name"
std::string label_of(const std::string& name) {
  std::string label = name;
  for (char& c : label)
    if (c == '_') c = ' ';
  if (!label.empty() && label[0] >= 'a' && label[0] <= 'z') label[0] = static_cast<char>(label[0] - 32);
  return label;
}

/// Ids, and states that the entry's sentence says in words.
bool is_for_programs(std::string_view name) {
  return name == "id" || name.ends_with("_id") || name == "status";
}

bool is_link(const std::string& text) {
  return (text.rfind("https://", 0) == 0 || text.rfind("http://", 0) == 0) &&
         text.find_first_of(" \t\r\n\"<>") == std::string::npos;
}

std::string scalar_text(const Var& value, std::string_view zone) {
  if (value.isBoolean()) return value.extract<bool>() ? "yes" : "no";
  std::string text = sdk::scalar_text(value);
  if (value.isString())
    if (const auto at = sdk::parse_instant_text(text)) return local_time_text(*at, zone);
  return text;
}

void add(PageData& fields, const std::string& label, const std::string& value) {
  if (value.empty()) return;
  PageData field;
  field.set("label", label);
  field.set("value", value);
  field.set("is_link", is_link(value));
  fields << field;
}

void add_list(PageData& fields, const std::string& name, const Array& list, std::string_view zone) {
  std::string joined;
  for (const Var& item : list) {
    if (item.type() == typeid(Object::Ptr)) {
      const auto& object = item.extract<Object::Ptr>();
      if (object->has("label") && object->has("answer"))
        add(fields, scalar_text(object->get("label"), zone), scalar_text(object->get("answer"), zone));
    } else if (const std::string text = scalar_text(item, zone); !text.empty()) {
      joined += joined.empty() ? text : ", " + text;
    }
  }
  add(fields, label_of(name), joined);
}

}  // namespace

PageData data_fields(std::string_view data_json, std::string_view zone) {
  PageData fields = page_list();
  const Object::Ptr data = sdk::read_stored_object(data_json);  // held: the loop only borrows it
  if (!data) {
    add(fields, "Data", "cannot be read");
    return fields;
  }
  for (const auto& [name, value] : *data) {
    if (is_for_programs(name)) continue;
    if (value.type() == typeid(Array::Ptr))
      add_list(fields, name, *value.extract<Array::Ptr>(), zone);
    else
      add(fields, label_of(name), scalar_text(value, zone));
  }
  return fields;
}

std::string text_member(std::string_view data_json, const std::string& name) {
  const Object::Ptr object = sdk::read_stored_object(data_json);
  if (!object || !object->has(name)) return {};
  const Var value = object->get(name);
  return value.isString() ? value.convert<std::string>() : std::string();
}

bool is_readable(std::string_view data_json) {
  return !sdk::read_stored_object(data_json).isNull();
}

}  // namespace crm::app
