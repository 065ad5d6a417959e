#include "plugin/adapters/google/google_json.hpp"

#include <charconv>

#include "plugin/adapters/web_api/web_api.hpp"

namespace scheduling {
namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;
using web_api::array_in;
using web_api::flag_in;
using web_api::object_at;
using web_api::object_in;
using web_api::object_of;
using web_api::text_in;

constexpr const char* k_channel_seconds = "604800";  // a week, the longest

/// "2026-02-02T09:00:00": a wall time whose zone stands beside it.
std::optional<WallTime> wall_of(const std::string& text) {
  const auto instant = parse_instant(text + "Z");
  if (!instant) return std::nullopt;
  return WallTime{instant->time_since_epoch()};
}

std::optional<RemoteTime> time_in(const Object& event, const std::string& name) {
  const auto time = object_in(event, name);
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
  const auto attendees = array_in(object, "attendees");
  if (!attendees) return;
  for (unsigned i = 0; i < attendees->size(); ++i) {
    const auto attendee = object_at(*attendees, i);
    if (!attendee) continue;
    const AttendeeResponse response = response_of(text_in(*attendee, "responseStatus"));
    if (flag_in(*attendee, "self") && response == AttendeeResponse::declined) event.is_declined = true;
    event.attendees.push_back({text_in(*attendee, "email"), response});
  }
}

std::string video_entry(const Object& conference) {
  const auto entries = array_in(conference, "entryPoints");
  for (unsigned i = 0; entries && i < entries->size(); ++i) {
    const auto entry = object_at(*entries, i);
    if (entry && text_in(*entry, "entryPointType") == "video") return text_in(*entry, "uri");
  }
  return {};
}

/// A link means that the room is there, whatever the wish's state says.
void read_room(const Object& object, RemoteEvent& event) {
  event.join_url = text_in(object, "hangoutLink");
  const auto conference = object_in(object, "conferenceData");
  if (conference && event.join_url.empty()) event.join_url = video_entry(*conference);
  if (!event.join_url.empty()) {
    event.room = RoomState::ready;
    return;
  }
  const auto wish = conference ? object_in(*conference, "createRequest") : Object::Ptr{};
  const auto status = wish ? object_in(*wish, "status") : Object::Ptr{};
  if (status) event.room = text_in(*status, "statusCode") == "failure" ? RoomState::failed : RoomState::pending;
}

Object::Ptr room_wish(const EventDraft& draft) {
  Object::Ptr solution = new Object;
  solution->set("type", "hangoutsMeet");
  Object::Ptr wish = new Object;
  wish->set("requestId", draft.room_request);
  wish->set("conferenceSolutionKey", solution);
  Object::Ptr conference = new Object;
  conference->set("createRequest", wish);
  return conference;
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
  read_room(object, event);
  const auto extended = object_in(object, "extendedProperties");
  const auto own = extended ? object_in(*extended, "private") : Object::Ptr{};
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

std::optional<RemoteEvent> read_google_event(const std::string& json) {
  const auto object = object_of(json);
  return object ? event_of(*object) : std::nullopt;
}

namespace {

std::vector<RemoteEvent> events_in(const Object& list) {
  std::vector<RemoteEvent> events;
  const auto items = array_in(list, "items");
  for (unsigned i = 0; items && i < items->size(); ++i) {
    const auto item = object_at(*items, i);
    if (!item) continue;
    if (auto event = event_of(*item)) events.push_back(std::move(*event));
  }
  return events;
}

}  // namespace

std::optional<std::vector<RemoteEvent>> read_google_events(const std::string& json) {
  const auto object = object_of(json);
  return object ? std::optional(events_in(*object)) : std::nullopt;
}

std::optional<ChangePage> read_google_changes(const std::string& json) {
  const auto object = object_of(json);
  if (!object) return std::nullopt;
  ChangePage page;
  page.next_page = text_in(*object, "nextPageToken");
  page.sync_token = text_in(*object, "nextSyncToken");
  page.events = events_in(*object);
  // Without either nobody could go on: not what the API answers.
  if (page.next_page.empty() && page.sync_token.empty()) return std::nullopt;
  return page;
}

bool read_google_calendars(const std::string& json, RemoteCalendars& calendars, std::string& next_page) {
  const auto object = object_of(json);
  if (!object) return false;
  next_page = text_in(*object, "nextPageToken");
  const auto items = array_in(*object, "items");
  if (!items) return true;
  for (unsigned i = 0; i < items->size(); ++i) {
    const auto item = object_at(*items, i);
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
  const auto error = object_in(*object, "error");
  const auto errors = error ? array_in(*error, "errors") : Array::Ptr{};
  const auto first = errors && errors->size() > 0 ? object_at(*errors, 0) : Object::Ptr{};
  return first ? text_in(*first, "reason") : std::string();
}

std::string write_google_watch(const PushWish& wish) {
  Object::Ptr params = new Object;
  params->set("ttl", k_channel_seconds);
  Object channel;
  channel.set("id", wish.id);
  channel.set("type", "web_hook");
  channel.set("address", wish.address);
  channel.set("token", wish.secret);
  channel.set("params", params);
  return web_api::text_of(channel);
}

std::string write_google_stop(const PushChannel& channel) {
  Object stop;
  stop.set("id", channel.id);
  stop.set("resourceId", channel.resource);
  return web_api::text_of(stop);
}

/// `expiration` is a text of milliseconds since 1970.
std::optional<PushChannel> read_google_channel(const std::string& json) {
  const auto object = object_of(json);
  if (!object) return std::nullopt;
  PushChannel channel{text_in(*object, "id"), text_in(*object, "resourceId"), {}};
  const std::string expiration = text_in(*object, "expiration");
  std::int64_t millis = 0;
  const auto [end, error] = std::from_chars(expiration.data(), expiration.data() + expiration.size(), millis);
  if (channel.id.empty() || error != std::errc{} || end != expiration.data() + expiration.size()) return std::nullopt;
  channel.expires_at = std::chrono::floor<std::chrono::seconds>(
      std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds{millis}));
  return channel;
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
  if (draft.room == EventRoom::google_meet) event.set("conferenceData", room_wish(draft));
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
  return web_api::text_of(event);
}

}  // namespace scheduling
