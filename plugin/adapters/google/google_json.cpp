#include "plugin/adapters/google/google_json.hpp"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <charconv>
#include <sstream>

namespace scheduling {
namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;

Object::Ptr object_of(const std::string& json) {
  try {
    Poco::JSON::Parser parser;
    parser.setDepth(32);
    return parser.parse(json).extract<Object::Ptr>();
  } catch (const std::exception&) {
    return {};
  }
}

std::string text_in(const Object& object, const std::string& name) {
  const auto value = object.get(name);
  return value.isString() ? value.convert<std::string>() : std::string();
}

bool flag_in(const Object& object, const std::string& name) {
  const auto value = object.get(name);
  return value.isBoolean() && value.convert<bool>();
}

/// "2026-02-02T09:00:00": a wall time whose zone stands beside it.
std::optional<WallTime> wall_of(const std::string& text) {
  const auto instant = parse_instant(text + "Z");
  if (!instant) return std::nullopt;
  return WallTime{instant->time_since_epoch()};
}

std::optional<RemoteTime> time_in(const Object& event, const std::string& name) {
  const auto time = event.getObject(name);
  if (!time) return std::nullopt;
  if (const auto date = LocalDate::parse(text_in(*time, "date"))) return RemoteTime(*date);
  const std::string text = text_in(*time, "dateTime");
  if (const auto instant = parse_instant(text)) return RemoteTime(*instant);
  if (const auto wall = wall_of(text)) return RemoteTime(RemoteWallTime{*wall, text_in(*time, "timeZone")});
  return std::nullopt;
}

RemoteEventKind kind_of(const std::string& type) {
  if (type == "outOfOffice") return RemoteEventKind::out_of_office;
  if (type == "focusTime") return RemoteEventKind::focus;
  if (type == "workingLocation") return RemoteEventKind::working_location;
  if (type == "birthday") return RemoteEventKind::birthday;
  return RemoteEventKind::ordinary;
}

AttendeeResponse response_of(const std::string& status) {
  return attendee_response_of(status).value_or(AttendeeResponse::none);  // needsAction is none
}

void read_attendees(const Object& object, RemoteEvent& event) {
  const auto attendees = object.getArray("attendees");
  if (!attendees) return;
  for (unsigned i = 0; i < attendees->size(); ++i) {
    const auto attendee = attendees->getObject(i);
    if (!attendee) continue;
    const AttendeeResponse response = response_of(text_in(*attendee, "responseStatus"));
    if (flag_in(*attendee, "self") && response == AttendeeResponse::declined) event.is_declined = true;
    event.attendees.push_back({text_in(*attendee, "email"), response});
  }
}

std::optional<RemoteEvent> event_of(const Object& object) {
  RemoteEvent event;
  event.id = text_in(object, "id");
  if (event.id.empty()) return std::nullopt;
  event.etag = text_in(object, "etag");
  event.is_cancelled = text_in(object, "status") == "cancelled";
  event.start = time_in(object, "start");
  event.end = time_in(object, "end");
  event.kind = kind_of(text_in(object, "eventType"));
  event.is_free = text_in(object, "transparency") == "transparent";
  read_attendees(object, event);
  const auto extended = object.getObject("extendedProperties");
  const auto own = extended ? extended->getObject("private") : Object::Ptr{};
  if (own && own->has(k_google_mark)) event.mark = text_in(*own, k_google_mark);
  return event;
}

Object::Ptr time_json(Instant instant, const std::string& zone) {
  Object::Ptr time = new Object;
  time->set("dateTime", format_instant(instant));
  if (!zone.empty()) time->set("timeZone", zone);
  return time;
}

}  // namespace

std::optional<GoogleTokenAnswer> read_google_tokens(const std::string& json) {
  const auto object = object_of(json);
  if (!object) return std::nullopt;
  GoogleTokenAnswer answer;
  answer.tokens.access = text_in(*object, "access_token");
  if (answer.tokens.access.empty()) return std::nullopt;
  if (object->has("refresh_token")) answer.tokens.refresh = text_in(*object, "refresh_token");
  const auto lifetime = object->get("expires_in");
  answer.tokens.lifetime = std::chrono::seconds{lifetime.isInteger() ? lifetime.convert<std::int64_t>() : 3600};
  if (object->has("scope")) answer.scope = text_in(*object, "scope");
  return answer;
}

std::optional<RemoteEvent> read_google_event(const std::string& json) {
  const auto object = object_of(json);
  return object ? event_of(*object) : std::nullopt;
}

std::optional<ChangePage> read_google_changes(const std::string& json) {
  const auto object = object_of(json);
  if (!object) return std::nullopt;
  ChangePage page;
  page.next_page = text_in(*object, "nextPageToken");
  page.sync_token = text_in(*object, "nextSyncToken");
  if (const auto items = object->getArray("items")) {
    for (unsigned i = 0; i < items->size(); ++i) {
      const auto item = items->getObject(i);
      if (!item) continue;
      if (auto event = event_of(*item)) page.events.push_back(std::move(*event));
    }
  }
  // Without either nobody could go on: not what the API answers.
  if (page.next_page.empty() && page.sync_token.empty()) return std::nullopt;
  return page;
}

bool read_google_calendars(const std::string& json, RemoteCalendars& calendars, std::string& next_page) {
  const auto object = object_of(json);
  if (!object) return false;
  next_page = text_in(*object, "nextPageToken");
  const auto items = object->getArray("items");
  if (!items) return true;
  for (unsigned i = 0; i < items->size(); ++i) {
    const auto item = items->getObject(i);
    if (!item || flag_in(*item, "deleted")) continue;
    RemoteCalendar calendar;
    calendar.id = text_in(*item, "id");
    if (calendar.id.empty()) continue;
    calendar.name = text_in(*item, "summaryOverride");
    if (calendar.name.empty()) calendar.name = text_in(*item, "summary");
    if (calendar.name.empty()) calendar.name = calendar.id;
    calendar.timezone = text_in(*item, "timeZone");
    calendar.is_primary = flag_in(*item, "primary");
    const std::string role = text_in(*item, "accessRole");
    if (role == "freeBusyReader") continue;  // its events cannot be listed
    calendar.can_write = role == "owner" || role == "writer";
    if (calendar.is_primary) calendars.account = calendar.id;
    calendars.calendars.push_back(std::move(calendar));
  }
  return true;
}

std::string google_error_reason(const std::string& json) {
  const auto object = object_of(json);
  if (!object || !object->has("error")) return {};
  if (std::string plain = text_in(*object, "error"); !plain.empty()) return plain;
  const auto error = object->getObject("error");
  const auto errors = error ? error->getArray("errors") : Array::Ptr{};
  const auto first = errors && errors->size() > 0 ? errors->getObject(0) : Object::Ptr{};
  return first ? text_in(*first, "reason") : std::string();
}

namespace {

Array::Ptr attendees_json(const EventDraft& draft) {
  Array::Ptr attendees = new Array;
  for (const auto& [address, name] : draft.attendees) {
    Object::Ptr attendee = new Object;
    attendee->set("email", address);
    if (!name.empty()) attendee->set("displayName", name);
    attendee->set("responseStatus", "needsAction");
    attendees->add(attendee);
  }
  return attendees;
}

}  // namespace

std::string write_google_event(const EventDraft& draft, GoogleWrite write) {
  Object event;
  event.set("summary", draft.summary);
  event.set("description", draft.description);
  event.set("location", draft.location);
  event.set("start", time_json(draft.start, draft.zone));
  event.set("end", time_json(draft.end, draft.zone));
  if (write == GoogleWrite::insert) {
    event.set("id", draft.id);
    Object::Ptr own = new Object;
    own->set(k_google_mark, draft.mark);
    Object::Ptr extended = new Object;
    extended->set("private", own);
    event.set("extendedProperties", extended);
    event.set("guestsCanSeeOtherGuests", false);
    if (!draft.attendees.empty()) event.set("attendees", attendees_json(draft));
  } else if (draft.replaces_attendees) {
    event.set("attendees", attendees_json(draft));
  }
  std::ostringstream out;
  event.stringify(out);
  return out.str();
}

}  // namespace scheduling
