#include "plugin/adapters/caldav/caldav_calendar.hpp"

#include "plugin/adapters/caldav/dav_discovery.hpp"
#include "plugin/adapters/caldav/dav_reading.hpp"

namespace scheduling {
namespace {

constexpr std::chrono::hours k_no_end{24 * 36500};
constexpr std::size_t k_etag_max = 250;

ProviderError unusable() {
  return {ProviderTrouble::refused, "The stored account or calendar cannot be read.", {}};
}

/// An object is known by its path from its first answer on, before that by the name that was chosen for it.
std::optional<DavUrl> object_url(const DavSession& session, std::string_view id) {
  if (id.find('/') != std::string_view::npos) return session.url_of(id);
  return session.calendar.resolve(std::string(id) + ".ics");
}

std::string etag_of(std::string text) {
  return text.size() <= k_etag_max ? text : std::string();
}

/// Servers say in four ways that an event with this UID stands in the calendar already.
bool is_taken(const DavReply& reply) {
  if (reply.is(412)) return true;
  if (reply.is(409) || reply.is(403)) return reply.http.body.find("no-uid-conflict") != std::string::npos;
  if (!reply.is(207)) return false;
  const auto inside = parse_multistatus(reply.http.body);
  return inside && !inside->members.empty() && inside->members.front().status == 412;
}

struct StoredObject {
  RemoteEvent event{};
  std::string text{};
};

Told<StoredObject> get(DavSession& session, const CalendarObjects& objects, const DavUrl& url) {
  const DavReply reply = session.client.send({"GET", url, "", {{"Accept", "text/calendar"}}});
  if (!reply.is(200)) return dav_error(reply, false);
  auto event = objects.read(reply.http.body, session.account.addresses);
  if (!event) return dav_unreadable(false);
  event->id = url.id_beside(session.home);
  event->etag = etag_of(reply.header("ETag"));
  if (event->etag.empty()) {
    const DavReply about = session.client.propfind(url, 0, "<D:getetag/>");
    const auto answer = about.is(207) ? parse_multistatus(about.http.body) : std::nullopt;
    if (!answer || answer->members.empty()) return dav_error(about, false);
    event->etag = etag_of(answer->members.front().text(k_dav, "getetag"));
  }
  return StoredObject{std::move(*event), reply.http.body};
}

bool is_at(const RemoteEvent& event, const EventDraft& draft) {
  const auto* const start = event.start ? std::get_if<Instant>(&*event.start) : nullptr;
  const auto* const end = event.end ? std::get_if<Instant>(&*event.end) : nullptr;
  return start && end && *start == draft.start && *end == draft.end;
}

/// What stands there after a PUT. A server that changed the text names no ETag; then it is asked. Should somebody have
/// changed the event meanwhile, no version is ours, and the next reading follows.
Told<RemoteEvent> written(DavSession& session, const CalendarObjects& objects, const DavUrl& url, const DavReply& put,
                          const EventDraft& draft) {
  RemoteEvent event;
  event.id = url.id_beside(session.home);
  event.mark = draft.mark;
  event.start = draft.start;
  event.end = draft.end;
  event.etag = etag_of(put.header("ETag"));
  if (!event.etag.empty()) return event;
  auto now = get(session, objects, url);
  if (!now)
    return now.error().trouble == ProviderTrouble::not_found ? Told<RemoteEvent>(now.error()) : dav_unreadable(true);
  if (is_at(now->event, draft)) event.etag = now->event.etag;
  return event;
}

DavRequest put_request(const DavUrl& url, std::string text, std::pair<std::string, std::string> condition) {
  return {"PUT", url, std::move(text), {{"Content-Type", "text/calendar; charset=utf-8"}, std::move(condition)}};
}

std::string organizer_of(const DavAccount& account) {
  return account.addresses.empty() ? std::string() : account.addresses.front();
}

}  // namespace

Result<PasswordAccount> CalDavCalendar::log_in(const PasswordQuestion& question) {
  const auto guard = settings_.current().allowed_networks;
  auto account = discover(http_, guard, question);
  if (!account) return fail(std::move(account.error()));
  PasswordAccount found;
  found.tokens.access = account->text();
  found.tokens.lifetime = k_no_end;
  auto listed = calendars(found.tokens.access);
  if (!listed) {
    FieldErrors errors;
    errors.add("url", "no_calendars", "No calendars were found at this address.");
    return fail(std::move(errors).to_error());
  }
  found.calendars = std::move(*listed);
  return found;
}

Told<ProviderTokens> CalDavCalendar::exchange(std::string_view, std::string_view, std::string_view) {
  return ProviderError{ProviderTrouble::refused, "There is no such log-in.", {}};
}

Told<ProviderTokens> CalDavCalendar::refresh(std::string_view) {
  return ProviderError{ProviderTrouble::consent_gone, "The password is no longer taken.", {}};
}

Told<RemoteCalendars> CalDavCalendar::calendars(std::string_view access) {
  const auto session = DavSession::open(http_, settings_.current().allowed_networks, access, {});
  if (!session) return unusable();
  return list_calendars(session->client, session->account, objects_);
}

Told<ChangePage> CalDavCalendar::changes(std::string_view access, std::string_view calendar,
                                         const ReadingPlace& place) {
  const auto session = DavSession::open(http_, settings_.current().allowed_networks, access, calendar);
  const auto window = TimeRange::make(place.from, place.until);
  if (!session || !window) return unusable();
  return DavReading(*session, objects_, *window).step(place);
}

Told<RemoteEvent> CalDavCalendar::find_event(std::string_view access, std::string_view calendar, std::string_view id) {
  const auto session = DavSession::open(http_, settings_.current().allowed_networks, access, calendar);
  const auto url = session ? object_url(*session, id.substr(0, id.find('#'))) : std::nullopt;
  if (!url) return unusable();
  auto found = get(*session, objects_, *url);
  if (!found) return found.error();
  return std::move(found->event);
}

/// Programs move an event by writing it anew under another name; its UID stays. The server's own filter finds it, and
/// what it gives is looked at, because some give more.
Told<RemoteEvent> CalDavCalendar::find_marked(std::string_view access, std::string_view calendar,
                                              std::string_view mark) {
  const auto session = DavSession::open(http_, settings_.current().allowed_networks, access, calendar);
  if (!session) return unusable();
  const std::string uid = xml_escaped(mark);
  const DavReply reply = session->client.report(
      session->calendar, 1,
      dav_body("C:calendar-query",
               R"(<D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR">)"
               R"(<C:comp-filter name="VEVENT"><C:prop-filter name="UID"><C:text-match collation="i;octet">)" +
                   uid + "</C:text-match></C:prop-filter></C:comp-filter></C:comp-filter></C:filter>"));
  if (!reply.is(207)) return dav_error(reply, false);
  const auto answer = parse_multistatus(reply.http.body);
  if (!answer) return dav_unreadable(false);
  for (const DavMember& member : answer->members) {
    const auto id = session->id_of(member.href);
    const XmlElement* const data = member.value(k_caldav, "calendar-data");
    auto event = id && data ? objects_.read(data->text, session->account.addresses) : std::nullopt;
    if (!event || event->mark != mark) continue;
    event->id = *id;
    event->etag = etag_of(member.text(k_dav, "getetag"));
    return std::move(*event);
  }
  return ProviderError{ProviderTrouble::not_found, "", {}};
}

Told<RemoteEvent> CalDavCalendar::insert_event(std::string_view access, std::string_view calendar,
                                               const EventDraft& draft) {
  const auto session = DavSession::open(http_, settings_.current().allowed_networks, access, calendar);
  const auto url = session ? object_url(*session, draft.id) : std::nullopt;
  if (!url) return unusable();
  const std::string text = objects_.write({draft, organizer_of(session->account), clock_.now()});
  const DavReply reply = session->client.send(put_request(*url, text, {"If-None-Match", "*"}));
  if (is_taken(reply)) return ProviderError{ProviderTrouble::already_exists, "", {}};
  if (!reply.is_good() || reply.is(207)) return dav_error(reply, true);
  return written(*session, objects_, *url, reply, draft);
}

Told<RemoteEvent> CalDavCalendar::update_event(std::string_view access, std::string_view calendar,
                                               const EventDraft& draft, std::string_view etag) {
  const auto session = DavSession::open(http_, settings_.current().allowed_networks, access, calendar);
  const auto url = session ? object_url(*session, draft.id) : std::nullopt;
  if (!url) return unusable();
  auto now = get(*session, objects_, *url);
  if (!now) return now.error();
  if (!etag.empty() && now->event.etag != etag) return ProviderError{ProviderTrouble::changed, "", {}};
  const auto text = objects_.rewrite(now->text, {draft, organizer_of(session->account), clock_.now()});
  if (!text) return dav_unreadable(false);
  const DavReply reply = session->client.send(put_request(*url, *text, {"If-Match", now->event.etag}));
  if (!reply.is_good() || reply.is(207)) return dav_error(reply, true);
  return written(*session, objects_, *url, reply, draft);
}

Told<bool> CalDavCalendar::delete_event(std::string_view access, std::string_view calendar, std::string_view id, bool) {
  const auto session = DavSession::open(http_, settings_.current().allowed_networks, access, calendar);
  const auto url = session ? object_url(*session, id) : std::nullopt;
  if (!url) return unusable();
  const DavReply reply = session->client.send({"DELETE", *url, "", {}});
  if (!reply.is_good() || reply.is(207)) return dav_error(reply, true);
  return true;
}

}  // namespace scheduling
