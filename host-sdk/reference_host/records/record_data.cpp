#include "reference_host/records/record_data.hpp"

#include <Poco/Exception.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <algorithm>

#include "crm/sdk/json_input.hpp"
#include "reference_host/mail/address.hpp"

namespace crm::app {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;

constexpr std::size_t k_fields_max = 200;
constexpr std::size_t k_emails_max = 20;

Object::Ptr parse(std::string_view json) {
  Object::Ptr object = sdk::read_stored_object(json);
  if (!object) throw Poco::SyntaxException("not an object");
  return object;
}

template <class Body>
auto reading(Body&& body) -> decltype(body()) {
  try {
    return body();
  } catch (const std::exception& error) {
    return sdk::fail(sdk::Failure{sdk::FailureKind::invalid, "The data must be a JSON object.", {}, {}, "data"});
  }
}

/// Addresses as written: `email` first, then `emails[]`.
std::vector<std::string> addresses(const Object& data) {
  std::vector<std::string> out;
  const auto take = [&](const Var& value) {
    if (value.isString() && !value.isEmpty() && !value.extract<std::string>().empty())
      out.push_back(value.extract<std::string>());
  };
  if (data.has("email")) take(data.get("email"));
  if (data.isArray("emails"))
    for (const Var& value : *data.getArray("emails")) take(value);
  return out;
}

bool is_empty_value(const Var& value) {
  if (value.isEmpty()) return true;
  if (value.isString()) return value.extract<std::string>().empty();
  if (value.type() == typeid(Array::Ptr)) return value.extract<Array::Ptr>()->size() == 0;
  return value.type() == typeid(Object::Ptr) && value.extract<Object::Ptr>()->size() == 0;
}

void check_address(sdk::JsonInput& data, std::string_view field, const std::string& address) {
  if (!is_email_address(address)) data.note(field, "invalid_email", "This is not an e-mail address.");
}

}  // namespace

void check_record_data(sdk::JsonInput& data) {
  const std::vector<std::string> names = data.names();
  if (names.size() > k_fields_max) data.note("", "too_many", "At most 200 fields are allowed.");
  for (const std::string& name : names) {
    if (name.empty() || !sdk::detail::is_clean_text(name, false) || sdk::detail::characters(name) > 100) {
      data.note("", "invalid_text", "A field name in here cannot be stored.");
      data.ignore({name});
    } else if (name == "email") {
      if (const auto address = data.text(name, {0, k_address_bytes_max})) check_address(data, name, *address);
    } else if (name == "emails") {
      const auto list = data.texts(name, k_emails_max, {0, k_address_bytes_max});
      for (std::size_t i = 0; list && i < list->size(); ++i)
        check_address(data, "emails[" + std::to_string(i) + "]", (*list)[i]);
    } else if (name == "name") {
      data.text(name, {0, 255});
    } else if (name == "phone") {
      data.text(name, {0, 50});
    } else {
      data.anything(name);
    }
  }
}

sdk::Outcome<std::vector<std::string>> record_email_keys(std::string_view data_json) {
  return reading([&]() -> sdk::Outcome<std::vector<std::string>> {
    std::vector<std::string> keys;
    for (const std::string& address : addresses(*parse(data_json))) {
      std::string key = email_key(address);
      if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
    }
    return keys;
  });
}

sdk::Outcome<std::string> changed_data(std::string_view data_json, std::string_view changes_json) {
  return reading([&]() -> sdk::Outcome<std::string> {
    Object::Ptr data = parse(data_json);
    const Object::Ptr changes = parse(changes_json);  // held: the loop only borrows it
    for (const auto& [name, value] : *changes) {
      if (value.isEmpty())
        data->remove(name);
      else
        data->set(name, value);
    }
    std::string out = sdk::json_text(*data);
    if (out.size() <= k_data_bytes_max) return out;
    return sdk::fail(sdk::Failure{sdk::FailureKind::invalid, "The record would become too large.", {}, {}, "data"});
  });
}

sdk::Outcome<std::string> absorbed_data(std::string_view surviving_json, std::string_view leaving_json) {
  return reading([&]() -> sdk::Outcome<std::string> {
    Object::Ptr data = parse(surviving_json);
    Object::Ptr leaving = parse(leaving_json);
    std::vector<std::string> kept = addresses(*data);
    for (const std::string& address : addresses(*leaving)) kept.push_back(address);
    for (const auto& [name, value] : *leaving)
      if (!data->has(name) || is_empty_value(data->get(name))) data->set(name, value);
    std::vector<std::string> keys;
    Array::Ptr further(new Array);
    for (const std::string& address : kept) {
      const std::string key = email_key(address);
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      keys.push_back(key);
      if (keys.size() > 1) further->add(address);  // the first is, or has become, `email`
    }
    if (!kept.empty()) data->set("email", kept.front());
    if (further->size() > 0) data->set("emails", further);
    return sdk::json_text(*data);
  });
}

}  // namespace crm::app
