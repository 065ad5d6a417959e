#include "plugin/adapters/google/google_calendar.hpp"

#include <algorithm>
#include <array>

#include "plugin/adapters/google/google_json.hpp"
#include "plugin/adapters/web_api/web_api.hpp"

namespace scheduling {
namespace {

using web_api::Asked;
using web_api::encoded;
using web_api::Form;
using web_api::grants;
using web_api::is_good;
using web_api::unreadable;

constexpr const char* k_events_scope = "https://www.googleapis.com/auth/calendar.events";
constexpr const char* k_list_scope = "https://www.googleapis.com/auth/calendar.calendarlist.readonly";
constexpr const char* k_whole_scope = "https://www.googleapis.com/auth/calendar";
constexpr int k_calendar_pages_max = 20;
constexpr const char* k_page_size = "2500";

bool is_enough(std::string_view granted) {
  return grants(granted, {k_events_scope, k_whole_scope}) &&
         grants(granted, {k_list_scope, k_whole_scope, "https://www.googleapis.com/auth/calendar.calendarlist",
                          "https://www.googleapis.com/auth/calendar.readonly"});
}

bool is_rate_limit(const std::string& reason) {
  constexpr std::array<std::string_view, 3> reasons = {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded"};
  return std::ranges::find(reasons, reason) != reasons.end();
}

ProviderError error_of(const HttpAnswer& answer, Asked asked) {
  const std::string reason = google_error_reason(answer.body);
  ProviderError error = web_api::error_of(answer, asked, reason);
  if (answer.status != 403) return error;
  if (is_rate_limit(reason)) error.trouble = ProviderTrouble::rate_limited;
  if (reason == "insufficientPermissions") error.trouble = ProviderTrouble::scope_missing;
  return error;
}

Told<RemoteEvent> event_in(const HttpAnswer& answer, Asked asked) {
  if (!is_good(answer)) return error_of(answer, asked);
  auto event = read_google_event(answer.body);
  if (!event) return unreadable(asked);
  return std::move(*event);
}

std::string events_path(std::string_view calendar) {
  return "/calendars/" + encoded(calendar) + "/events";
}

std::string updates(bool tells_attendees) {
  return tells_attendees ? "sendUpdates=all" : "sendUpdates=none";
}

/// Whoever does not say that they know of rooms loses the one that the event has.
std::string write_query(const EventDraft& draft) {
  return updates(draft.tells_attendees) + "&conferenceDataVersion=1";
}

}  // namespace

bool GoogleCalendar::is_configured() const {
  const GoogleSettings google = settings_.current().google;
  return !google.client_id.empty() && !google.client_secret.empty();
}

std::string GoogleCalendar::log_in_url(const LogInQuestion& question) const {
  const GoogleSettings google = settings_.current().google;
  Form query;
  query.add("client_id", google.client_id)
      .add("redirect_uri", question.redirect_uri)
      .add("response_type", "code")
      .add("scope", std::string(k_events_scope) + " " + k_list_scope)
      .add("access_type", "offline")
      .add("prompt", "consent")  // without it a second log-in gives no refresh token
      .add("state", question.state)
      .add("code_challenge", question.challenge)
      .add("code_challenge_method", "S256");
  return query.behind(google.authorize_url);
}

Told<ProviderTokens> GoogleCalendar::ask_for_tokens(const Form& form) {
  auto answer = web_api::ask_for_tokens(http_, settings_.current().google.token_url, form);
  if (!answer) return answer.error();
  if (!answer->scope || is_enough(*answer->scope)) return std::move(answer->tokens);
  // What was granted is of no use to us, so it is given back.
  revoke(answer->tokens.refresh ? *answer->tokens.refresh : answer->tokens.access);
  return ProviderError{ProviderTrouble::scope_missing, "", {}};
}

Told<ProviderTokens> GoogleCalendar::exchange(std::string_view code, std::string_view verifier,
                                              std::string_view redirect_uri) {
  const GoogleSettings google = settings_.current().google;
  Form form = web_api::code_form(code, verifier, redirect_uri);
  form.add("client_id", google.client_id).add("client_secret", google.client_secret);
  return ask_for_tokens(form);
}

Told<ProviderTokens> GoogleCalendar::refresh(std::string_view refresh_token) {
  const GoogleSettings google = settings_.current().google;
  Form form;
  form.add("grant_type", "refresh_token")
      .add("refresh_token", refresh_token)
      .add("client_id", google.client_id)
      .add("client_secret", google.client_secret);
  return ask_for_tokens(form);
}

void GoogleCalendar::revoke(std::string_view token) {
  HttpCall call;
  call.method = "POST";
  call.url = settings_.current().google.revoke_url;
  call.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  call.body = Form().add("token", token).text();
  http_.send(call);
}

HttpCall GoogleCalendar::api_call(std::string method, std::string_view access, const std::string& path) const {
  return web_api::bearer_call(std::move(method), access, settings_.current().google.api_url + path);
}

Told<RemoteCalendars> GoogleCalendar::calendars(std::string_view access) {
  RemoteCalendars calendars;
  std::string page;
  for (int count = 0; count < k_calendar_pages_max; ++count) {
    std::string path = "/users/me/calendarList?maxResults=250";
    if (!page.empty()) path += "&pageToken=" + encoded(page);
    const HttpAnswer answer = http_.send(api_call("GET", access, path));
    if (!is_good(answer)) return error_of(answer, Asked::reading);
    if (!read_google_calendars(answer.body, calendars, page)) return unreadable(Asked::reading);
    if (page.empty()) break;
  }
  if (calendars.account.empty()) return ProviderError{ProviderTrouble::refused, "no primary calendar", {}};
  return calendars;
}

Told<ChangePage> GoogleCalendar::changes(std::string_view access, std::string_view calendar,
                                         const ReadingPlace& place) {
  Form query;
  // All but the place must stay the same from the first reading on.
  query.add("singleEvents", "true").add("showDeleted", "true").add("maxResults", k_page_size);
  if (!place.sync_token.empty())
    query.add("syncToken", place.sync_token);
  else
    query.add("timeMin", format_instant(place.from)).add("timeMax", format_instant(place.until));
  if (!place.page.empty()) query.add("pageToken", place.page);
  const HttpAnswer answer = http_.send(api_call("GET", access, events_path(calendar) + "?" + query.text()));
  if (!is_good(answer)) return error_of(answer, Asked::reading);
  auto page = read_google_changes(answer.body);
  if (!page) return unreadable(Asked::reading);
  return std::move(*page);
}

Told<RemoteEvent> GoogleCalendar::find_event(std::string_view access, std::string_view calendar, std::string_view id) {
  return event_in(http_.send(api_call("GET", access, events_path(calendar) + "/" + encoded(id))), Asked::event);
}

/// Google's own filter finds it, and what it gives is looked at. A copy that its owner made bears the mark as well.
Told<RemoteEvent> GoogleCalendar::find_marked(std::string_view access, std::string_view calendar,
                                              std::string_view mark) {
  Form query;
  query.add("privateExtendedProperty", std::string(k_google_mark) + "=" + std::string(mark))
      .add("singleEvents", "true")
      .add("maxResults", "10");
  const HttpAnswer answer = http_.send(api_call("GET", access, events_path(calendar) + "?" + query.text()));
  if (!is_good(answer)) return error_of(answer, Asked::event);
  auto events = read_google_events(answer.body);
  if (!events) return unreadable(Asked::reading);
  for (RemoteEvent& event : *events)
    if (event.mark == mark && !event.is_cancelled) return std::move(event);
  return ProviderError{ProviderTrouble::not_found, "no event bears the mark", {}};
}

Told<RemoteEvent> GoogleCalendar::insert_event(std::string_view access, std::string_view calendar,
                                               const EventDraft& draft) {
  HttpCall call = api_call("POST", access, events_path(calendar) + "?" + write_query(draft));
  web_api::set_json(call, write_google_event(draft, GoogleWrite::insert));
  return event_in(http_.send(call), Asked::writing);
}

Told<RemoteEvent> GoogleCalendar::update_event(std::string_view access, std::string_view calendar,
                                               const EventDraft& draft, std::string_view etag) {
  HttpCall call = api_call("PATCH", access, events_path(calendar) + "/" + encoded(draft.id) + "?" + write_query(draft));
  if (!etag.empty()) call.headers.emplace_back("If-Match", etag);
  web_api::set_json(call, write_google_event(draft, GoogleWrite::patch));
  return event_in(http_.send(call), Asked::writing);
}

Told<bool> GoogleCalendar::delete_event(std::string_view access, std::string_view calendar, std::string_view id,
                                        bool tells_attendees) {
  const HttpAnswer answer = http_.send(
      api_call("DELETE", access, events_path(calendar) + "/" + encoded(id) + "?" + updates(tells_attendees)));
  if (!is_good(answer)) return error_of(answer, Asked::writing);
  return true;
}

Told<PushChannel> GoogleCalendar::watch(std::string_view access, const PushWish& wish) {
  HttpCall call = api_call("POST", access, events_path(wish.calendar) + "/watch");
  web_api::set_json(call, write_google_watch(wish));
  const HttpAnswer answer = http_.send(call);
  if (!is_good(answer)) return error_of(answer, Asked::event);
  auto channel = read_google_channel(answer.body);
  if (!channel) return unreadable(Asked::reading);
  return std::move(*channel);
}

void GoogleCalendar::unwatch(std::string_view access, const PushChannel& channel) {
  HttpCall call = api_call("POST", access, "/channels/stop");
  web_api::set_json(call, write_google_stop(channel));
  http_.send(call);
}

}  // namespace scheduling
