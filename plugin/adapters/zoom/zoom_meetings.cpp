#include "plugin/adapters/zoom/zoom_meetings.hpp"

#include <Poco/Base64Encoder.h>

#include <sstream>

namespace scheduling {
namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;
using web_api::Asked;
using web_api::encoded;
using web_api::Form;
using web_api::is_good;
using web_api::object_of;
using web_api::text_in;
using web_api::unreadable;

constexpr int k_list_pages_max = 20;
constexpr std::size_t k_topic_max = 200;
constexpr std::chrono::seconds k_spare{60};
constexpr std::int64_t k_scheduled = 2;  // `type` of a meeting with a time
constexpr std::int64_t k_no_such_meeting = 3001;

/// HTTP Basic, as Zoom wants clients to prove themselves.
std::string basic(const ZoomSettings& zoom) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out);
  encoder.rdbuf()->setLineLength(0);
  encoder << zoom.client_id << ':' << zoom.client_secret;
  encoder.close();
  return "Basic " + out.str();
}

std::int64_t code_in(const std::string& json) {
  const auto object = object_of(json);
  const auto code = object ? object->get("code") : Poco::Dynamic::Var{};
  return code.isInteger() ? code.convert<std::int64_t>() : 0;
}

ProviderError error_of(const HttpAnswer& answer, Asked asked) {
  const std::int64_t code = code_in(answer.body);
  ProviderError error = web_api::error_of(answer, asked, std::to_string(code));
  if (answer.status == 404 && asked == Asked::writing && code != k_no_such_meeting)
    error.trouble = ProviderTrouble::refused;  // there is no such user at Zoom
  if (answer.status == 403) error.trouble = ProviderTrouble::refused;
  return error;
}

/// Ids are numbers beyond what a double holds.
std::optional<MadeRoom> room_of(const Object& object) {
  const auto id = object.get("id");
  if (id.isEmpty() || !(id.isInteger() || id.isString())) return std::nullopt;
  MadeRoom room{id.convert<std::string>(), text_in(object, "join_url")};
  if (room.id.empty() || room.join_url.empty()) return std::nullopt;
  return room;
}

std::string reference(const RoomDraft& draft) {
  return "Reference: " + draft.mark;
}

std::string write_meeting_json(const RoomDraft& draft) {
  Object meeting;
  meeting.set("topic", draft.topic.substr(0, k_topic_max));
  meeting.set("type", k_scheduled);
  meeting.set("start_time", format_instant(draft.time.start()));
  meeting.set("duration", std::int64_t{std::chrono::ceil<std::chrono::minutes>(draft.time.length()).count()});
  meeting.set("timezone", "UTC");
  meeting.set("agenda", reference(draft));
  return web_api::text_of(meeting);
}

}  // namespace

bool ZoomMeetings::makes_rooms() const {
  const ZoomSettings zoom = settings_.current().zoom;
  return !zoom.client_id.empty() && !zoom.client_secret.empty();
}

bool ZoomMeetings::has_own_account() const {
  return makes_rooms() && !settings_.current().zoom.account_id.empty();
}

bool ZoomMeetings::is_configured() const {
  return makes_rooms() && !has_own_account();
}

std::string ZoomMeetings::log_in_url(const LogInQuestion& question) const {
  const ZoomSettings zoom = settings_.current().zoom;
  Form query;
  query.add("client_id", zoom.client_id)
      .add("redirect_uri", question.redirect_uri)
      .add("response_type", "code")
      .add("state", question.state)
      .add("code_challenge", question.challenge)
      .add("code_challenge_method", "S256");
  return query.behind(zoom.authorize_url);
}

Told<web_api::TokenAnswer> ZoomMeetings::ask_for_tokens(const Form& form) {
  const ZoomSettings zoom = settings_.current().zoom;
  return web_api::ask_for_tokens(http_, zoom.token_url, form, {{"Authorization", basic(zoom)}});
}

Told<ProviderTokens> ZoomMeetings::exchange(std::string_view code, std::string_view verifier,
                                            std::string_view redirect_uri) {
  const Form form = web_api::code_form(code, verifier, redirect_uri);
  auto answer = ask_for_tokens(form);
  if (!answer) return answer.error();
  return std::move(answer->tokens);
}

/// A refresh token counts once; the answer brings the next.
Told<ProviderTokens> ZoomMeetings::refresh(std::string_view refresh_token) {
  Form form;
  form.add("grant_type", "refresh_token").add("refresh_token", refresh_token);
  auto answer = ask_for_tokens(form);
  if (!answer) return answer.error();
  return std::move(answer->tokens);
}

/// Zoom's address for that lies beside the one for tokens.
void ZoomMeetings::revoke(std::string_view token) {
  const ZoomSettings zoom = settings_.current().zoom;
  HttpCall call;
  call.method = "POST";
  call.url = zoom.token_url.substr(0, zoom.token_url.rfind('/')) + "/revoke";
  call.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Authorization", basic(zoom)}};
  call.body = Form().add("token", token).text();
  http_.send(call);
}

HttpCall ZoomMeetings::api_call(std::string method, std::string_view access, const std::string& path) const {
  return web_api::bearer_call(std::move(method), access, settings_.current().zoom.api_url + path);
}

Told<RemoteCalendars> ZoomMeetings::calendars(std::string_view access) {
  const HttpAnswer answer = http_.send(api_call("GET", access, "/users/me"));
  if (!is_good(answer)) return error_of(answer, Asked::event);
  const auto object = object_of(answer.body);
  RemoteCalendars account;
  if (object) account.account = text_in(*object, "email");
  if (account.account.empty()) return unreadable(Asked::reading);
  return account;
}

Told<std::string> ZoomMeetings::own_access(std::string_view refused) {
  const std::lock_guard lock(mutex_);
  const ZoomSettings zoom = settings_.current().zoom;
  const std::string client = zoom.client_id + "\n" + zoom.account_id;
  const bool is_good = own_client_ == client && own_token_ != refused && clock_.now() + k_spare < own_until_;
  if (is_good) return own_token_;
  Form form;
  form.add("grant_type", "account_credentials").add("account_id", zoom.account_id);
  auto answer = ask_for_tokens(form);
  if (!answer) {
    // No user's consent is gone: the administrator's app is off, or mistyped.
    ProviderError error = answer.error();
    if (error.trouble == ProviderTrouble::consent_gone) error.trouble = ProviderTrouble::unavailable;
    return error;
  }
  own_token_ = std::move(answer->tokens.access);
  own_client_ = client;
  own_until_ = clock_.now() + answer->tokens.lifetime;
  return own_token_;
}

Told<MadeRoom> ZoomMeetings::create_room(std::string_view access, std::string_view owner, const RoomDraft& draft) {
  HttpCall call = api_call("POST", access, "/users/" + encoded(owner) + "/meetings");
  web_api::set_json(call, write_meeting_json(draft));
  const HttpAnswer answer = http_.send(call);
  if (!is_good(answer)) return error_of(answer, Asked::writing);
  const auto object = object_of(answer.body);
  auto room = object ? room_of(*object) : std::nullopt;
  if (!room) return unreadable(Asked::writing);
  return std::move(*room);
}

Told<MadeRoom> ZoomMeetings::find_room(std::string_view access, std::string_view owner, const RoomDraft& draft) {
  std::string page;
  for (int count = 0; count < k_list_pages_max; ++count) {
    Form query;
    query.add("type", "upcoming").add("page_size", "300");
    if (!page.empty()) query.add("next_page_token", page);
    const HttpAnswer answer =
        http_.send(api_call("GET", access, "/users/" + encoded(owner) + "/meetings?" + query.text()));
    if (!is_good(answer)) return error_of(answer, Asked::reading);
    const auto object = object_of(answer.body);
    const auto meetings = object ? web_api::array_in(*object, "meetings") : Array::Ptr{};
    if (!meetings) return unreadable(Asked::reading);
    for (unsigned i = 0; i < meetings->size(); ++i) {
      const auto meeting = web_api::object_at(*meetings, i);
      if (!meeting || text_in(*meeting, "agenda").find(reference(draft)) == std::string::npos) continue;
      if (auto room = room_of(*meeting)) return std::move(*room);
    }
    page = text_in(*object, "next_page_token");
    if (page.empty()) break;
  }
  return ProviderError{ProviderTrouble::not_found, "no meeting bears the reference", {}};
}

Told<bool> ZoomMeetings::update_room(std::string_view access, std::string_view id, const RoomDraft& draft) {
  HttpCall call = api_call("PATCH", access, "/meetings/" + encoded(id));
  web_api::set_json(call, write_meeting_json(draft));
  const HttpAnswer answer = http_.send(call);
  if (!is_good(answer)) return error_of(answer, Asked::writing);
  return true;
}

Told<bool> ZoomMeetings::delete_room(std::string_view access, std::string_view id) {
  const HttpAnswer answer = http_.send(api_call("DELETE", access, "/meetings/" + encoded(id)));
  if (!is_good(answer)) return error_of(answer, Asked::writing);
  return true;
}

}  // namespace scheduling
