#include "plugin/adapters/google/google_calendar.hpp"

#include <Poco/URI.h>

#include <algorithm>
#include <array>

#include "plugin/adapters/google/google_json.hpp"

namespace scheduling {
namespace {

constexpr const char* k_events_scope = "https://www.googleapis.com/auth/calendar.events";
constexpr const char* k_list_scope = "https://www.googleapis.com/auth/calendar.calendarlist.readonly";
constexpr const char* k_whole_scope = "https://www.googleapis.com/auth/calendar";
constexpr int k_calendar_pages_max = 20;
constexpr const char* k_page_size = "2500";

enum class Asked { reading, event, writing };

std::string encoded(std::string_view text) {
  std::string out;
  Poco::URI::encode(std::string(text), "!#$&'()*+,/:;=?@[]", out);
  return out;
}

class Form {
 public:
  Form& add(std::string_view name, std::string_view value) {
    if (!text_.empty()) text_ += '&';
    text_ += encoded(name) + '=' + encoded(value);
    return *this;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

bool grants(std::string_view granted, std::initializer_list<std::string_view> any_of) {
  const std::string list = " " + std::string(granted) + " ";
  return std::ranges::any_of(
      any_of, [&](std::string_view scope) { return list.find(" " + std::string(scope) + " ") != std::string::npos; });
}

bool is_enough(std::string_view granted) {
  return grants(granted, {k_events_scope, k_whole_scope}) &&
         grants(granted, {k_list_scope, k_whole_scope, "https://www.googleapis.com/auth/calendar.calendarlist",
                          "https://www.googleapis.com/auth/calendar.readonly"});
}

bool is_rate_limit(const std::string& reason) {
  constexpr std::array<std::string_view, 3> reasons = {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded"};
  return std::ranges::find(reasons, reason) != reasons.end();
}

ProviderTrouble trouble_of(int status, const std::string& reason, Asked asked) {
  switch (status) {
    case 401: return ProviderTrouble::token_refused;
    case 403:
      if (is_rate_limit(reason)) return ProviderTrouble::rate_limited;
      return reason == "insufficientPermissions" ? ProviderTrouble::scope_missing : ProviderTrouble::refused;
    case 404: return ProviderTrouble::not_found;
    case 409: return ProviderTrouble::already_exists;
    case 410: return asked == Asked::reading ? ProviderTrouble::place_unknown : ProviderTrouble::not_found;
    case 412: return ProviderTrouble::changed;
    case 429: return ProviderTrouble::rate_limited;
    default: break;
  }
  if (status < 500) return ProviderTrouble::refused;
  return asked == Asked::writing ? ProviderTrouble::unknown : ProviderTrouble::unavailable;
}

ProviderError error_of(const HttpAnswer& answer, Asked asked) {
  if (answer.fate != HttpAnswer::Fate::answered) {
    const bool is_lost = answer.fate == HttpAnswer::Fate::lost && asked == Asked::writing;
    return {is_lost ? ProviderTrouble::unknown : ProviderTrouble::unavailable, answer.trouble, {}};
  }
  const std::string reason = google_error_reason(answer.body);
  return {trouble_of(answer.status, reason, asked), std::to_string(answer.status) + " " + reason, answer.retry_after};
}

/// What says 200 and is not what was asked for: a proxy, or half an answer.
ProviderError unreadable(Asked asked) {
  return {asked == Asked::writing ? ProviderTrouble::unknown : ProviderTrouble::unavailable,
          "the answer cannot be read",
          {}};
}

bool is_good(const HttpAnswer& answer) {
  return answer.fate == HttpAnswer::Fate::answered && answer.status >= 200 && answer.status < 300;
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
  const char* const joint = google.authorize_url.find('?') == std::string::npos ? "?" : "&";
  return google.authorize_url + joint + query.text();
}

Told<ProviderTokens> GoogleCalendar::ask_for_tokens(const std::string& form) {
  HttpCall call;
  call.method = "POST";
  call.url = settings_.current().google.token_url;
  call.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  call.body = form;
  const HttpAnswer answer = http_.send(call);
  if (!is_good(answer)) {
    ProviderError error = error_of(answer, Asked::event);
    const bool is_gone = answer.status == 400 && google_error_reason(answer.body) == "invalid_grant";
    if (is_gone) error.trouble = ProviderTrouble::consent_gone;
    // invalid_client: the administrator's settings are wrong; nobody's consent is gone.
    if (error.trouble == ProviderTrouble::token_refused) error.trouble = ProviderTrouble::refused;
    return error;
  }
  auto tokens = read_google_tokens(answer.body);
  if (!tokens) return unreadable(Asked::reading);
  if (tokens->scope && !is_enough(*tokens->scope)) return ProviderError{ProviderTrouble::scope_missing, "", {}};
  return std::move(tokens->tokens);
}

Told<ProviderTokens> GoogleCalendar::exchange(std::string_view code, std::string_view verifier,
                                              std::string_view redirect_uri) {
  const GoogleSettings google = settings_.current().google;
  Form form;
  form.add("grant_type", "authorization_code")
      .add("code", code)
      .add("code_verifier", verifier)
      .add("redirect_uri", redirect_uri)
      .add("client_id", google.client_id)
      .add("client_secret", google.client_secret);
  return ask_for_tokens(form.text());
}

Told<ProviderTokens> GoogleCalendar::refresh(std::string_view refresh_token) {
  const GoogleSettings google = settings_.current().google;
  Form form;
  form.add("grant_type", "refresh_token")
      .add("refresh_token", refresh_token)
      .add("client_id", google.client_id)
      .add("client_secret", google.client_secret);
  return ask_for_tokens(form.text());
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
  HttpCall call;
  call.method = std::move(method);
  call.url = settings_.current().google.api_url + path;
  call.headers = {{"Authorization", "Bearer " + std::string(access)}, {"Accept", "application/json"}};
  return call;
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

Told<RemoteEvent> GoogleCalendar::insert_event(std::string_view access, std::string_view calendar,
                                               const EventDraft& draft) {
  HttpCall call = api_call("POST", access, events_path(calendar) + "?" + updates(draft.tells_attendees));
  call.headers.emplace_back("Content-Type", "application/json");
  call.body = write_google_event(draft, GoogleWrite::insert);
  return event_in(http_.send(call), Asked::writing);
}

Told<RemoteEvent> GoogleCalendar::update_event(std::string_view access, std::string_view calendar,
                                               const EventDraft& draft, std::string_view etag) {
  HttpCall call =
      api_call("PATCH", access, events_path(calendar) + "/" + encoded(draft.id) + "?" + updates(draft.tells_attendees));
  call.headers.emplace_back("Content-Type", "application/json");
  if (!etag.empty()) call.headers.emplace_back("If-Match", etag);
  call.body = write_google_event(draft, GoogleWrite::patch);
  return event_in(http_.send(call), Asked::writing);
}

Told<bool> GoogleCalendar::delete_event(std::string_view access, std::string_view calendar, std::string_view id,
                                        bool tells_attendees) {
  const HttpAnswer answer = http_.send(
      api_call("DELETE", access, events_path(calendar) + "/" + encoded(id) + "?" + updates(tells_attendees)));
  if (!is_good(answer)) return error_of(answer, Asked::writing);
  return true;
}

}  // namespace scheduling
