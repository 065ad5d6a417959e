#include "plugin/adapters/outlook/outlook_json.hpp"

#include <algorithm>
#include <cctype>

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

/// Less than any maximum that was ever documented for events.
constexpr std::chrono::minutes k_subscription_max{4230};
/// Between a meeting's UID and the id of a try.
constexpr const char* k_try_sign = "#";
constexpr std::size_t k_seconds_end = 19;  // "2026-02-03T15:00:00" of "2026-02-03T15:00:00.0000000"

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// A time has no offset; its zone stands beside it, in Windows' words or in IANA's. All day means a date, which is one
/// of the mailbox's zone, in whichever zone the answer came.
std::optional<RemoteTime> time_in(const Object& event, const std::string& name, bool is_all_day,
                                  const WindowsZones& zones) {
  const auto time = object_in(event, name);
  if (!time) return std::nullopt;
  const std::string text = text_in(*time, "dateTime").substr(0, k_seconds_end);
  const auto instant = parse_instant(text + "Z");
  if (!instant) return std::nullopt;
  const WallTime wall{instant->time_since_epoch()};
  if (is_all_day) return RemoteTime(LocalDate::of(wall));
  const std::string zone = text_in(*time, "timeZone");
  if (zone.empty() || zone == "UTC") return RemoteTime(*instant);
  return RemoteTime(RemoteWallTime{wall, zones.iana_name(zone)});
}

AttendeeResponse response_of(const std::string& response) {
  if (response == "accepted") return AttendeeResponse::accepted;
  if (response == "tentativelyAccepted") return AttendeeResponse::tentative;
  if (response == "declined") return AttendeeResponse::declined;
  return AttendeeResponse::none;  // notResponded, none, organizer
}

void read_attendees(const Object& object, RemoteEvent& event) {
  const auto attendees = array_in(object, "attendees");
  for (unsigned i = 0; attendees && i < attendees->size(); ++i) {
    const auto attendee = object_at(*attendees, i);
    const auto address = attendee ? object_in(*attendee, "emailAddress") : Object::Ptr{};
    if (!address) continue;
    const auto status = object_in(*attendee, "status");
    event.attendees.push_back(
        {text_in(*address, "address"), response_of(status ? text_in(*status, "response") : std::string())});
  }
}

/// B-9's table: tentative and out of office block as busy does, and so does what nobody knows.
void read_shown_as(const std::string& shown, RemoteEvent& event) {
  if (shown == "free") event.is_free = true;
  if (shown == "workingElsewhere") event.kind = RemoteEventKind::working_location;
  if (shown == "oof") event.kind = RemoteEventKind::out_of_office;
}

void read_room(const Object& object, RemoteEvent& event) {
  if (!flag_in(object, "isOnlineMeeting")) return;
  const auto room = object_in(object, "onlineMeeting");
  if (room) event.join_url = text_in(*room, "joinUrl");
  event.room = event.join_url.empty() ? RoomState::pending : RoomState::ready;
}

std::string mark_in(const Object& object, const char* id) {
  const auto properties = array_in(object, "singleValueExtendedProperties");
  for (unsigned i = 0; properties && i < properties->size(); ++i) {
    const auto property = object_at(*properties, i);
    if (property && lower_case(text_in(*property, "id")) == lower_case(id)) return text_in(*property, "value");
  }
  return {};
}

/// Our mark, or what the name of our try says: lists of changes do not hold extended properties.
std::optional<std::string> mark_of(const Object& object) {
  if (std::string mark = mark_in(object, k_outlook_mark); !mark.empty()) return mark;
  const std::string name = text_in(object, "transactionId");
  const std::size_t end = name.rfind(k_try_sign);
  return end == std::string::npos || end == 0 ? std::nullopt : std::optional(name.substr(0, end));
}

std::optional<RemoteEvent> event_of(const Object& object, const WindowsZones& zones) {
  RemoteEvent event;
  event.id = text_in(object, "id");
  if (event.id.empty()) return std::nullopt;
  event.is_cancelled = object.has("@removed");
  if (event.is_cancelled) return event;
  event.etag = text_in(object, "@odata.etag");
  event.is_cancelled = flag_in(object, "isCancelled");
  const bool is_all_day = flag_in(object, "isAllDay");
  event.start = time_in(object, "start", is_all_day, zones);
  event.end = time_in(object, "end", is_all_day, zones);
  read_shown_as(text_in(object, "showAs"), event);
  const auto own = object_in(object, "responseStatus");
  event.is_declined = own && text_in(*own, "response") == "declined";
  read_attendees(object, event);
  read_room(object, event);
  event.mark = mark_of(object);
  return event;
}

Object::Ptr time_json(Instant instant) {
  Object::Ptr time = new Object;
  time->set("dateTime", format_instant(instant).substr(0, k_seconds_end));
  time->set("timeZone", "UTC");
  return time;
}

Object::Ptr property(const char* id, const std::string& value) {
  Object::Ptr one = new Object;
  one->set("id", id);
  one->set("value", value);
  return one;
}

Array::Ptr attendees_json(const EventDraft& draft) {
  Array::Ptr attendees = new Array;
  for (const auto& [address, name] : draft.attendees) {
    Object::Ptr email = new Object;
    email->set("address", address);
    if (!name.empty()) email->set("name", name);
    Object::Ptr attendee = new Object;
    attendee->set("emailAddress", email);
    attendee->set("type", "required");
    attendees->add(attendee);
  }
  return attendees;
}

void add_first_words(Object& event, const EventDraft& draft) {
  event.set("transactionId", draft.mark + k_try_sign + draft.id);
  Array::Ptr properties = new Array;
  properties->add(property(k_outlook_mark, draft.mark));
  properties->add(property(k_outlook_try, draft.id));
  event.set("singleValueExtendedProperties", properties);
  event.set("showAs", "busy");
  event.set("hideAttendees", true);
  event.set("attendees", attendees_json(draft));
}

}  // namespace

std::optional<RemoteEvent> read_outlook_event(const std::string& json, const WindowsZones& zones) {
  const auto object = object_of(json);
  return object ? event_of(*object, zones) : std::nullopt;
}

std::optional<ChangePage> read_outlook_changes(const std::string& json, const WindowsZones& zones) {
  const auto object = object_of(json);
  const auto items = object ? array_in(*object, "value") : Array::Ptr{};
  if (!items) return std::nullopt;
  ChangePage page;
  page.next_page = text_in(*object, "@odata.nextLink");
  page.sync_token = text_in(*object, "@odata.deltaLink");
  for (unsigned i = 0; i < items->size(); ++i) {
    const auto item = object_at(*items, i);
    if (!item) continue;
    // A series stands in its occurrences; its master takes no time of its own.
    if (text_in(*item, "type") == "seriesMaster") continue;
    if (auto event = event_of(*item, zones)) page.events.push_back(std::move(*event));
  }
  std::ranges::stable_partition(page.events, &RemoteEvent::is_cancelled);
  return page;
}

OutlookFinding read_outlook_finding(const std::string& json, const WindowsZones& zones) {
  OutlookFinding finding;
  const auto object = object_of(json);
  const auto items = object ? array_in(*object, "value") : Array::Ptr{};
  if (!items) return finding;
  finding.is_empty = items->size() == 0;
  const auto first = finding.is_empty ? Object::Ptr{} : object_at(*items, 0);
  if (first) finding.event = event_of(*first, zones);
  return finding;
}

bool read_outlook_calendars(const std::string& json, RemoteCalendars& calendars, std::string& next_page) {
  const auto object = object_of(json);
  const auto items = object ? array_in(*object, "value") : Array::Ptr{};
  if (!items) return false;
  next_page = text_in(*object, "@odata.nextLink");
  for (unsigned i = 0; i < items->size(); ++i) {
    const auto item = object_at(*items, i);
    if (!item) continue;
    RemoteCalendar calendar;
    calendar.id = text_in(*item, "id");
    if (calendar.id.empty()) continue;
    calendar.name = text_in(*item, "name");
    if (calendar.name.empty()) calendar.name = calendar.id;
    calendar.is_primary = flag_in(*item, "isDefaultCalendar");
    calendar.can_write = flag_in(*item, "canEdit");
    const auto owner = object_in(*item, "owner");
    if (calendar.is_primary && owner) calendars.account = text_in(*owner, "address");
    calendars.calendars.push_back(std::move(calendar));
  }
  return true;
}

std::optional<std::string> read_outlook_zone(const std::string& json, const WindowsZones& zones) {
  const auto object = object_of(json);
  if (!object) return std::nullopt;
  const std::string name = text_in(*object, "timeZone");
  return name.empty() ? std::nullopt : std::optional(zones.iana_name(name));
}

bool allows_teams(const std::string& json) {
  const auto object = object_of(json);
  const auto allowed = object ? array_in(*object, "allowedOnlineMeetingProviders") : Array::Ptr{};
  for (unsigned i = 0; allowed && i < allowed->size(); ++i)
    if (allowed->get(i).isString() && allowed->get(i).convert<std::string>() == "teamsForBusiness") return true;
  return false;
}

std::string outlook_error_code(const std::string& json) {
  const auto object = object_of(json);
  const auto error = object ? object_in(*object, "error") : Object::Ptr{};
  return error ? lower_case(text_in(*error, "code")) : std::string();
}

std::string write_outlook_event(const EventDraft& draft, OutlookWrite write, bool keeps_body) {
  Object event;
  event.set("subject", draft.summary);
  if (!keeps_body) {
    Object::Ptr body = new Object;
    body->set("contentType", "text");
    body->set("content", draft.description);
    event.set("body", body);
  }
  Object::Ptr location = new Object;
  location->set("displayName", draft.location);
  event.set("location", location);
  event.set("start", time_json(draft.start));
  event.set("end", time_json(draft.end));
  if (write == OutlookWrite::insert)
    add_first_words(event, draft);
  else if (draft.replaces_attendees)
    event.set("attendees", attendees_json(draft));
  if (draft.room == EventRoom::teams) {
    event.set("isOnlineMeeting", true);
    event.set("onlineMeetingProvider", "teamsForBusiness");
  }
  return web_api::text_of(event);
}

std::string write_outlook_subscription(const PushWish& wish, const std::string& resource) {
  Object subscription;
  subscription.set("changeType", "created,updated,deleted");
  subscription.set("notificationUrl", wish.address);
  subscription.set("lifecycleNotificationUrl", wish.address);
  subscription.set("resource", resource);
  subscription.set("expirationDateTime", format_instant(wish.now + k_subscription_max));
  subscription.set("clientState", wish.secret);
  return web_api::text_of(subscription);
}

/// Graph may give less time than was asked for.
std::optional<PushChannel> read_outlook_subscription(const std::string& json) {
  const auto object = object_of(json);
  if (!object) return std::nullopt;
  PushChannel channel{text_in(*object, "id"), text_in(*object, "resource"), {}};
  const auto expires = parse_instant(text_in(*object, "expirationDateTime").substr(0, k_seconds_end) + "Z");
  if (channel.id.empty() || !expires) return std::nullopt;
  channel.expires_at = *expires;
  return channel;
}

}  // namespace scheduling
