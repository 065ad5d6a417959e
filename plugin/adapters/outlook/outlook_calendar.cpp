#include "plugin/adapters/outlook/outlook_calendar.hpp"

#include <algorithm>
#include <cctype>

#include "plugin/adapters/outlook/outlook_json.hpp"

namespace scheduling {
namespace {

using web_api::Asked;
using web_api::encoded;
using web_api::Form;
using web_api::is_good;
using web_api::unreadable;

/// The least that reads and writes calendars; the mailbox's settings tell the zone of all-day events.
constexpr const char* k_scopes = "offline_access Calendars.ReadWrite MailboxSettings.Read";
constexpr int k_calendar_pages_max = 20;
constexpr const char* k_page_size = "200";

/// Scopes come back short or with Graph's address before them, in any case of letters.
bool is_enough(std::string granted) {
  std::ranges::transform(granted, granted.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr const char* base = "https://graph.microsoft.com/";
  for (std::size_t at = granted.find(base); at != std::string::npos; at = granted.find(base))
    granted.erase(at, std::string_view(base).size());
  return web_api::grants(granted, {"calendars.readwrite"}) &&
         web_api::grants(granted, {"mailboxsettings.read", "mailboxsettings.readwrite"});
}

bool is_place_code(const std::string& code) {
  return code == "syncstatenotfound" || code == "syncstateinvalid" || code.starts_with("resync") ||
         code == "fullsyncrequired";
}

ProviderError error_of(const HttpAnswer& answer, Asked asked) {
  const std::string code = outlook_error_code(answer.body);
  ProviderError error = web_api::error_of(answer, asked, code);
  if (answer.status == 403 && code == "erroraccessdenied") error.trouble = ProviderTrouble::scope_missing;
  // The status alone would do; some services say it with 400.
  if (asked == Asked::reading && answer.status == 400 && is_place_code(code))
    error.trouble = ProviderTrouble::place_unknown;
  // Throttled: whatever was asked was not done.
  if (answer.status == 503 && answer.retry_after) error.trouble = ProviderTrouble::rate_limited;
  return error;
}

std::string origin_of(const std::string& address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string::npos) return {};
  return address.substr(0, address.find('/', scheme + 3));
}

std::string calendar_path(std::string_view calendar) {
  return "/me/calendars/" + encoded(calendar);
}

std::string event_path(std::string_view id) {
  return "/me/events/" + encoded(id);
}

std::string with_marks() {
  return "$expand=" + encoded("singleValueExtendedProperties($filter=id eq '" + std::string(k_outlook_mark) + "')");
}

}  // namespace

bool OutlookCalendar::is_configured() const {
  const OutlookSettings outlook = settings_.current().outlook;
  return !outlook.client_id.empty() && !outlook.client_secret.empty();
}

std::string OutlookCalendar::log_in_url(const LogInQuestion& question) const {
  const OutlookSettings outlook = settings_.current().outlook;
  Form query;
  query.add("client_id", outlook.client_id)
      .add("redirect_uri", question.redirect_uri)
      .add("response_type", "code")
      .add("response_mode", "query")
      .add("scope", k_scopes)
      .add("prompt", "select_account")
      .add("state", question.state)
      .add("code_challenge", question.challenge)
      .add("code_challenge_method", "S256");
  return query.behind(outlook.authorize_url);
}

Told<ProviderTokens> OutlookCalendar::ask_for_tokens(Form& form, bool is_first) {
  const OutlookSettings outlook = settings_.current().outlook;
  form.add("client_id", outlook.client_id).add("client_secret", outlook.client_secret).add("scope", k_scopes);
  auto answer = web_api::ask_for_tokens(http_, outlook.token_url, form);
  if (!answer) return answer.error();
  // Without a refresh token the user let us in for an hour: offline_access was left out.
  const bool is_short = is_first && !answer->tokens.refresh;
  if (is_short || (answer->scope && !is_enough(*answer->scope)))
    return ProviderError{ProviderTrouble::scope_missing, "", {}};
  return std::move(answer->tokens);
}

Told<ProviderTokens> OutlookCalendar::exchange(std::string_view code, std::string_view verifier,
                                               std::string_view redirect_uri) {
  Form form = web_api::code_form(code, verifier, redirect_uri);
  return ask_for_tokens(form, true);
}

/// Each answer brings another refresh token, which takes the place of the one before.
Told<ProviderTokens> OutlookCalendar::refresh(std::string_view refresh_token) {
  Form form;
  form.add("grant_type", "refresh_token").add("refresh_token", refresh_token);
  return ask_for_tokens(form, false);
}

/// Times in UTC, because they come without an offset; ids that stay when an event is moved to another folder.
HttpCall OutlookCalendar::linked_call(std::string_view access, const std::string& link) const {
  HttpCall call = web_api::bearer_call("GET", access, link);
  call.headers.emplace_back(
      "Prefer", "outlook.timezone=\"UTC\", IdType=\"ImmutableId\", odata.maxpagesize=" + std::string(k_page_size));
  return call;
}

HttpCall OutlookCalendar::api_call(std::string method, std::string_view access, const std::string& path) const {
  HttpCall call = linked_call(access, settings_.current().outlook.api_url + path);
  call.method = std::move(method);
  return call;
}

HttpAnswer OutlookCalendar::send(std::string_view access, const HttpCall& call) {
  const auto turn = turns_.enter(access);
  return http_.send(call);
}

bool OutlookCalendar::is_graph(const std::string& link) const {
  const std::string own = origin_of(settings_.current().outlook.api_url);
  return !own.empty() && origin_of(link) == own;
}

Told<RemoteEvent> OutlookCalendar::event_in(const HttpAnswer& answer, Asked asked) const {
  if (!is_good(answer)) return error_of(answer, asked);
  auto event = read_outlook_event(answer.body, zones_);
  if (!event) return unreadable(asked);
  return std::move(*event);
}

Told<std::string> OutlookCalendar::mailbox_zone(std::string_view access) {
  const HttpAnswer answer = send(access, api_call("GET", access, "/me/mailboxSettings"));
  if (!is_good(answer)) return error_of(answer, Asked::event);
  auto zone = read_outlook_zone(answer.body, zones_);
  if (!zone) return unreadable(Asked::reading);
  return std::move(*zone);
}

Told<RemoteCalendars> OutlookCalendar::calendars(std::string_view access) {
  RemoteCalendars calendars;
  std::string link = settings_.current().outlook.api_url + "/me/calendars?$top=100";
  for (int count = 0; count < k_calendar_pages_max && !link.empty(); ++count) {
    if (!is_graph(link)) return unreadable(Asked::reading);
    const HttpAnswer answer = send(access, linked_call(access, link));
    if (!is_good(answer)) return error_of(answer, Asked::event);
    if (!read_outlook_calendars(answer.body, calendars, link)) return unreadable(Asked::reading);
  }
  if (calendars.account.empty()) return ProviderError{ProviderTrouble::refused, "no default calendar", {}};
  auto zone = mailbox_zone(access);
  if (!zone) return zone.error();
  for (RemoteCalendar& calendar : calendars.calendars) calendar.timezone = *zone;
  return calendars;
}

/// The window stands inside the link that the last page gives, so whoever moves it reads everything again. A link of
/// another server than the settings name is one that nobody knows any more.
Told<ChangePage> OutlookCalendar::changes(std::string_view access, std::string_view calendar,
                                          const ReadingPlace& place) {
  std::string link = place.page.empty() ? place.sync_token : place.page;
  if (link.empty()) {
    Form window;
    window.add("startDateTime", format_instant(place.from)).add("endDateTime", format_instant(place.until));
    const std::string whose = place.is_primary ? "/me" : calendar_path(calendar);
    link = window.behind(settings_.current().outlook.api_url + whose + "/calendarView/delta");
  }
  if (!is_graph(link)) return ProviderError{ProviderTrouble::place_unknown, "a link to another server", {}};
  const HttpAnswer answer = send(access, linked_call(access, link));
  if (!is_good(answer)) return error_of(answer, Asked::reading);
  auto page = read_outlook_changes(answer.body, zones_);
  // Without either link nobody could go on.
  if (!page || (page->next_page.empty() && page->sync_token.empty())) return unreadable(Asked::reading);
  return std::move(*page);
}

/// In its calendar: an id that stays would find the event among the deleted ones, too.
Told<RemoteEvent> OutlookCalendar::find_event(std::string_view access, std::string_view calendar, std::string_view id) {
  const std::string path = calendar_path(calendar) + "/events/" + encoded(id) + "?" + with_marks();
  return event_in(send(access, api_call("GET", access, path)), Asked::event);
}

/// Ids of meetings and tries hold no quotes; doubled they would be harmless in a filter.
Told<RemoteEvent> OutlookCalendar::first_with(std::string_view access, std::string_view calendar, const char* property,
                                              const std::string& value) {
  std::string quoted;
  for (const char c : value) quoted += c == '\'' ? "''" : std::string(1, c);
  const std::string filter = "singleValueExtendedProperties/Any(ep: ep/id eq '" + std::string(property) +
                             "' and ep/value eq '" + quoted + "')";
  const HttpAnswer answer = send(
      access,
      api_call("GET", access, calendar_path(calendar) + "/events?$filter=" + encoded(filter) + "&" + with_marks()));
  if (!is_good(answer)) return error_of(answer, Asked::event);
  OutlookFinding found = read_outlook_finding(answer.body, zones_);
  if (found.is_empty) return ProviderError{ProviderTrouble::not_found, "no event bears the mark", {}};
  if (!found.event) return unreadable(Asked::reading);
  return std::move(*found.event);
}

/// Graph gives ids itself, so what a lost answer was about is found by the mark of its try.
Told<RemoteEvent> OutlookCalendar::find_inserted(std::string_view access, std::string_view calendar,
                                                 const EventDraft& draft) {
  return first_with(access, calendar, k_outlook_try, draft.id);
}

Told<RemoteEvent> OutlookCalendar::find_marked(std::string_view access, std::string_view calendar,
                                               std::string_view mark) {
  return first_with(access, calendar, k_outlook_mark, std::string(mark));
}

/// A mailbox without Teams gets its event without a room. A room cannot be taken back, so it is asked first.
Told<EventDraft> OutlookCalendar::possible(std::string_view access, std::string_view calendar,
                                           const EventDraft& draft) {
  EventDraft possible = draft;
  if (draft.room != EventRoom::teams) return possible;
  const HttpAnswer answer =
      send(access, api_call("GET", access, calendar_path(calendar) + "?$select=allowedOnlineMeetingProviders"));
  if (!is_good(answer)) return error_of(answer, Asked::event);
  if (!allows_teams(answer.body)) possible.room = EventRoom::none;
  return possible;
}

Told<RemoteEvent> OutlookCalendar::insert_event(std::string_view access, std::string_view calendar,
                                                const EventDraft& draft) {
  auto asked = possible(access, calendar, draft);
  if (!asked) return asked.error();
  HttpCall call = api_call("POST", access, calendar_path(calendar) + "/events");
  web_api::set_json(call, write_outlook_event(*asked, OutlookWrite::insert, false));
  return event_in(send(access, call), Asked::writing);
}

Told<RemoteEvent> OutlookCalendar::update_event(std::string_view access, std::string_view calendar,
                                                const EventDraft& draft, std::string_view etag) {
  auto asked = possible(access, calendar, draft);
  if (!asked) return asked.error();
  HttpCall call = api_call("PATCH", access, event_path(draft.id));
  if (!etag.empty()) call.headers.emplace_back("If-Match", etag);
  web_api::set_json(call, write_outlook_event(*asked, OutlookWrite::patch, draft.keeps_body));
  return event_in(send(access, call), Asked::writing);
}

/// Graph tells attendees of the organizer's deletion by itself.
Told<bool> OutlookCalendar::delete_event(std::string_view access, std::string_view, std::string_view id, bool) {
  const HttpAnswer answer = send(access, api_call("DELETE", access, event_path(id)));
  if (!is_good(answer)) return error_of(answer, Asked::writing);
  return true;
}

Told<PushChannel> OutlookCalendar::watch(std::string_view access, const PushWish& wish) {
  HttpCall call = api_call("POST", access, "/subscriptions");
  const std::string resource = wish.is_primary ? "me/events" : "me/calendars/" + wish.calendar + "/events";
  web_api::set_json(call, write_outlook_subscription(wish, resource));
  const HttpAnswer answer = send(access, call);
  if (!is_good(answer)) return error_of(answer, Asked::event);
  auto channel = read_outlook_subscription(answer.body);
  if (!channel) return unreadable(Asked::reading);
  return std::move(*channel);
}

void OutlookCalendar::unwatch(std::string_view access, const PushChannel& channel) {
  send(access, api_call("DELETE", access, "/subscriptions/" + encoded(channel.id)));
}

}  // namespace scheduling
