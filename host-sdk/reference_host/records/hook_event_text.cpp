#include "reference_host/records/hook_event_text.hpp"

#include <Poco/Exception.h>
#include <Poco/JSON/Object.h>

#include "crm/sdk/json_input.hpp"
#include "crm/sdk/problem.hpp"

namespace crm::app {
namespace {

using Poco::JSON::Object;

constexpr std::string_view k_record_events[] = {"created", "updated", "merged", "deleted", "owner_changed"};
constexpr std::string_view k_user_events[] = {"deactivated", "reactivated", "deleted"};

void append_record(std::string& out, const sdk::Record* record) {
  if (record == nullptr) {
    out += "null";
    return;
  }
  out += "{\"id\":" + std::to_string(record->id.value) + ",\"module\":";
  sdk::append_json_string(out, record->module);
  out += ",\"owner\":" + std::to_string(record->owner.value) + ",\"data\":";
  out += record->data_json.empty() ? "{}" : record->data_json;
  out += ",\"created_at\":" + std::to_string(record->created_at.time_since_epoch().count());
  out += ",\"updated_at\":" + std::to_string(record->updated_at.time_since_epoch().count()) + '}';
}

std::optional<sdk::Record> read_record(const Object::Ptr& object) {
  if (object.isNull()) return std::nullopt;
  sdk::Record record;
  record.id.value = object->getValue<std::int64_t>("id");
  record.module = object->getValue<std::string>("module");
  record.owner.value = object->getValue<std::int64_t>("owner");
  record.data_json = object->isObject("data") ? sdk::json_text(*object->getObject("data")) : "{}";
  record.created_at = sdk::Micros{std::chrono::microseconds{object->getValue<std::int64_t>("created_at")}};
  record.updated_at = sdk::Micros{std::chrono::microseconds{object->getValue<std::int64_t>("updated_at")}};
  return record;
}

void append_cause(std::string& out, const sdk::Cause* given) {
  const sdk::Cause cause = given != nullptr ? *given : sdk::Cause{};
  out += ",\"module_id\":";
  sdk::append_json_string(out, cause.module_id);
  out += ",\"user\":" + std::to_string(cause.user.value) + ",\"request_id\":";
  sdk::append_json_string(out, cause.request_id);
}

/// Events about users that were stored before they had a cause lack its members.
sdk::Cause read_cause(const Object& object) {
  return {object.optValue<std::string>("module_id", ""), sdk::UserId{object.optValue<std::int64_t>("user", 0)},
          object.optValue<std::string>("request_id", "")};
}

Object::Ptr parse_object(std::string_view json) {
  Object::Ptr object = sdk::read_stored_object(json);
  if (!object) throw Poco::SyntaxException("not an object");
  return object;
}

}  // namespace

std::string_view event_name(sdk::RecordEvent event) {
  return k_record_events[static_cast<std::size_t>(event)];
}
std::string_view event_name(sdk::UserEvent event) {
  return k_user_events[static_cast<std::size_t>(event)];
}

std::optional<sdk::RecordEvent> record_event(std::string_view name) {
  for (std::size_t i = 0; i < std::size(k_record_events); ++i)
    if (k_record_events[i] == name) return static_cast<sdk::RecordEvent>(i);
  return std::nullopt;
}
std::optional<sdk::UserEvent> user_event(std::string_view name) {
  for (std::size_t i = 0; i < std::size(k_user_events); ++i)
    if (k_user_events[i] == name) return static_cast<sdk::UserEvent>(i);
  return std::nullopt;
}

std::string change_json(const sdk::RecordChange& change) {
  std::string out = "{\"before\":";
  append_record(out, change.before);
  out += ",\"after\":";
  append_record(out, change.after);
  append_cause(out, change.cause);
  return out + "}";
}

std::string change_json(const sdk::UserChange& change) {
  const sdk::User& user = *change.user;
  std::string out = "{\"id\":" + std::to_string(user.id.value) + ",\"email\":";
  sdk::append_json_string(out, user.email);
  out += ",\"name\":";
  sdk::append_json_string(out, user.name);
  out += ",\"timezone\":";
  sdk::append_json_string(out, user.timezone);
  out += std::string(",\"is_admin\":") + (user.role == sdk::Role::admin ? "true" : "false");
  out += user.is_active ? ",\"is_active\":true" : ",\"is_active\":false";
  append_cause(out, change.cause);
  return out + "}";
}

sdk::Outcome<StoredChange> parse_change(sdk::RecordEvent event, std::string_view json) {
  try {
    const Object::Ptr object = parse_object(json);
    StoredChange change;
    change.event = event;
    change.before = read_record(object->getObject("before"));
    change.after = read_record(object->getObject("after"));
    change.cause = read_cause(*object);
    return change;
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, std::string("a queued event is unreadable: ") + error.what());
  }
}

sdk::Outcome<StoredUserChange> parse_user_change(sdk::UserEvent event, std::string_view json) {
  try {
    const Object::Ptr object = parse_object(json);
    StoredUserChange change;
    change.event = event;
    change.cause = read_cause(*object);
    sdk::User& user = change.user;
    user.id.value = object->getValue<std::int64_t>("id");
    user.email = object->getValue<std::string>("email");
    user.name = object->getValue<std::string>("name");
    user.timezone = object->getValue<std::string>("timezone");
    user.role = object->getValue<bool>("is_admin") ? sdk::Role::admin : sdk::Role::rep;
    user.is_active = object->getValue<bool>("is_active");
    return change;
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, std::string("a queued event is unreadable: ") + error.what());
  }
}

}  // namespace crm::app
