#include "plugin/http/calendars/calendar_connect.hpp"

#include <array>

#include "crm/sdk/responses.hpp"
#include "plugin/http/calendars/calendar_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

namespace {

constexpr std::array k_providers = {"google", "outlook", "zoom", "caldav"};
constexpr std::size_t k_code_length_max = 4096;

Response found(std::string location) {
  return {302, "text/plain; charset=utf-8", "", {{"Location", std::move(location)}, {"Cache-Control", "no-store"}}};
}

Response to_settings(std::string_view name, std::string_view value) {
  return found("/settings/scheduling?" + std::string(name) + "=" + std::string(value));
}

bool wants_json(const Request& request) {
  const auto accept = request.header("Accept");
  return accept && accept->find("application/json") != std::string_view::npos;
}

/// What the settings page has a sentence for.
std::string_view error_code(const Error& error) {
  switch (error.code) {
    case Code::too_late: return "log_in_expired";
    case Code::not_yours: return "scope_missing";
    case Code::provider_unavailable: return "provider_unavailable";
    default: return "provider_refused";
  }
}

}  // namespace

Response CalendarConnect::connect(const Request& request) {
  const std::string_view provider = request.param("provider");
  if (!connections_.is_known(provider)) return crm::sdk::not_found();
  if (!connections_.is_configured(provider))
    return wants_json(request)
               ? crm::sdk::refuse(409, "not_configured", "The administrator has not registered this provider yet")
               : to_settings("calendar_error", "not_configured");
  auto address = connections_.begin_log_in(actor_of(request), provider);
  if (!address) return to_response(address.error(), log_, request);
  if (!wants_json(request)) return found(std::move(*address));
  return one_answer(200, *address, [](JsonText& out, const std::string& url) {
    out.begin_object().field("authorize_url", url).end_object();
  });
}

Response CalendarConnect::connect_caldav(const Request& request) {
  auto question = decode_password_question(request);
  if (!question) return question.error();
  const Actor actor = actor_of(request);
  const auto id = connections_.connect_caldav(actor, *question);
  if (!id) return to_response(id.error(), log_, request);
  first_sync(*id, "caldav");
  auto connection = connections_.get(actor, *id);
  if (!connection) return to_response(connection.error(), log_, request);
  const ReaderClock clock = ReaderClock::of_user(request, zones_);
  return one_answer(201, *connection,
                    [&](JsonText& out, const CalendarConnection& one) { write_connection(out, one, clock); });
}

/// The page shows what was read; a reading that fails says so there.
void CalendarConnect::first_sync(ConnectionId id, const std::string& provider) {
  if (const auto synced = sync_.sync_now(id); !synced)
    log_.warning("calendar.first_sync_failed", {{"provider", provider}, {"detail", synced.error().detail}});
}

Response CalendarConnect::callback(const Request& request) {
  const std::string provider(request.param("provider"));
  if (!connections_.is_known(provider)) return crm::sdk::not_found();
  const std::string_view state = request.query_value("state").value_or("");
  const std::string_view code = request.query_value("code").value_or("");
  if (code.empty() || code.size() > k_code_length_max) {
    connections_.give_up_log_in(actor_of(request), provider, state);
    const bool is_denied = request.query_value("error").value_or("") == "access_denied";
    return to_settings("calendar_error", is_denied ? "access_denied" : "provider_refused");
  }
  const auto id = connections_.finish_log_in(actor_of(request), provider, code, state);
  if (!id) {
    log_.warning("calendar.connect_failed", {{"provider", provider},
                                             {"what", name_of(id.error().code)},
                                             {"detail", id.error().detail},
                                             {"request_id", request.request_id}});
    return to_settings("calendar_error", error_code(id.error()));
  }
  first_sync(*id, provider);
  return to_settings("connected", provider);
}

Response CalendarConnect::providers(const Request&) {
  JsonText out;
  out.begin_object().key("data").begin_array();
  for (const char* const provider : k_providers)
    out.begin_object()
        .field("provider", provider)
        .field("is_configured", connections_.is_configured(provider))
        .end_object();
  out.end_array().field("next_cursor", std::optional<std::string>()).end_object();
  return Response::json(200, out.take());
}

Response CalendarConnect::answer(const Result<CalendarConnection>& connection, const Request& request) {
  if (!connection) return to_response(connection.error(), log_, request);
  const ReaderClock clock = ReaderClock::of_user(request, zones_);
  return one_answer(200, *connection,
                    [&](JsonText& out, const CalendarConnection& one) { write_connection(out, one, clock); });
}

/// An admin's list is everybody's, unless it is narrowed.
Response CalendarConnect::list(const Request& request) {
  const Actor actor = actor_of(request);
  std::optional<UserId> owner = actor.listed_owner();
  if (const auto text = request.query_value("user_id"); text && !text->empty()) {
    const auto id = parse_id(*text);
    if (!id) return invalid_query("user_id", "invalid_format", "The id of a user");
    if (!actor.may_touch(UserId{*id})) return crm::sdk::not_found();
    owner = UserId{*id};
  }
  auto connections = connections_.list(owner);
  if (!connections) return to_response(connections.error(), log_, request);
  JsonText out;
  out.begin_object().key("data").begin_array();
  const ReaderClock clock = ReaderClock::of_user(request, zones_);
  for (const CalendarConnection& connection : *connections) write_connection(out, connection, clock);
  out.end_array().field("next_cursor", std::optional<std::string>()).end_object();
  return Response::json(200, out.take());
}

Response CalendarConnect::update(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto patch = decode_connection_patch(request);
  if (!patch) return patch.error();
  return answer(connections_.update(actor_of(request), ConnectionId{*id}, *patch), request);
}

Response CalendarConnect::sync(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  const Actor actor = actor_of(request);
  if (auto known = connections_.get(actor, ConnectionId{*id}); !known) return to_response(known.error(), log_, request);
  if (auto synced = sync_.sync_now(ConnectionId{*id}); !synced) return to_response(synced.error(), log_, request);
  return answer(connections_.get(actor, ConnectionId{*id}), request);
}

Response CalendarConnect::remove(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto done = connections_.remove(actor_of(request), ConnectionId{*id});
  return done ? Response::no_content() : to_response(done.error(), log_, request);
}

}  // namespace scheduling
