#include "reference_host/auth/auth_routes.hpp"

#include "crm/sdk/instant_text.hpp"
#include "crm/sdk/json_input.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/records/list_query.hpp"

namespace crm::app {
namespace {

using sdk::append_json_string;
using sdk::Request;
using sdk::Response;

std::string signed_in_json(const SignedIn& signed_in) {
  std::string json = "{\"user\":";
  append_account(json, signed_in.account);
  json += ",\"csrf_token\":";
  append_json_string(json, signed_in.csrf_token);
  json += '}';
  return json;
}

std::string instant_or_null(const std::optional<sdk::Micros>& at) {
  return at ? '"' + sdk::instant_text(*at) + '"' : "null";
}

void append_token(std::string& out, const ApiToken& token) {
  out += "{\"id\":" + std::to_string(token.id) + ",\"name\":";
  append_json_string(out, token.name);
  out += ",\"created_at\":\"" + sdk::instant_text(token.created_at) + '"';
  out += ",\"expires_at\":" + instant_or_null(token.expires_at);
  out += ",\"last_used_at\":" + instant_or_null(token.last_used_at);
  if (!token.token.empty()) {
    out += ",\"token\":";
    append_json_string(out, token.token);
  }
  out += '}';
}

Response log_in(CrmServices& crm, const Request& request) {
  auto input = sdk::JsonInput::from_body(request);
  if (!input) return input.error();
  const auto email = input->text("email", {1, 1000});
  const auto password = input->text("password", {1, 1000});
  input->require("email");
  input->require("password");
  if (auto refusal = input->refusal()) return *refusal;
  const auto result = crm.credentials.log_in({*email, *password, device_of(request)});
  if (!result) return sdk::failure_response(result.error(), crm.log, request.request_id);
  if (result->wait) return too_many_guesses(*result->wait);
  if (!result->signed_in) {
    crm.log.warning("auth.refused", {{"client", request.client_address}, {"request_id", request.request_id}});
    return sdk::refuse(401, "invalid_credentials", "E-mail address or password is wrong");
  }
  Response response = data_response(200, signed_in_json(*result->signed_in));
  response.headers.push_back(session_cookie(crm, result->signed_in->session_token));
  response.headers.push_back(device_cookie(crm, result->device));
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

Response log_out(CrmServices& crm, const Request& request) {
  if (auto done = crm.credentials.log_out(request); !done)
    return sdk::failure_response(done.error(), crm.log, request.request_id);
  Response response = Response::no_content();
  response.headers.push_back(ended_cookie(crm));
  return response;
}

/// Who am I, and which CSRF token do my writes need: for scripts of a page that was loaded signed in.
Response show_session(CrmServices& crm, const Request& request) {
  auto session = crm.database.acquire();
  if (!session) return sdk::failure_response(session.error(), crm.log, request.request_id);
  auto account = crm.accounts.account(**session, request.principal->id);
  if (!account) return sdk::failure_response(account.error(), crm.log, request.request_id);
  return data_response(200, signed_in_json(SignedIn{*account, "", crm.credentials.identify(request).csrf_token}));
}

/// Absent: the default; null: never. Empty also when the value is wrong, which is noted.
std::optional<int> read_days(sdk::JsonInput& input) {
  if (!input.has("expires_in_days")) return k_api_token_days;
  if (input.is_null("expires_in_days")) return std::nullopt;
  const auto days = input.integer("expires_in_days", 1, k_api_token_days_max);
  return days ? std::optional(static_cast<int>(*days)) : std::nullopt;
}

/// A token that leaked must not be able to outlive itself, so only a person at the log-in page makes one.
Response make_token(CrmServices& crm, const Request& request) {
  auto input = sdk::JsonInput::from_body(request);
  if (!input) return input.error();
  const auto name = input->text("name", {1, 100});
  input->require("name");
  const auto days = read_days(*input);
  if (auto refusal = input->refusal()) return *refusal;
  if (!crm.credentials.identify(request).by_cookie)
    return sdk::refuse(403, "token_not_allowed", "An API token cannot make tokens", "Sign in with your password.");
  const std::string_view session = cookie_value(request.header("Cookie").value_or(""), k_session_cookie);
  auto token = crm.credentials.make_token({request.principal->id, *name, days, session});
  if (!token && token.error().kind == sdk::FailureKind::conflict)
    return sdk::refuse(409, "too_many_tokens", "Delete a token that is no longer used first");
  if (!token && token.error().kind == sdk::FailureKind::not_found)
    return sdk::refuse(401, "unauthorized", "Your session has ended");
  if (!token) return sdk::failure_response(token.error(), crm.log, request.request_id);
  std::string json;
  append_token(json, *token);
  Response response = data_response(201, json);
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

Response show_token(CrmServices& crm, const Request& request) {
  const auto id = path_id(request);
  if (!id) return sdk::not_found();
  const auto token = crm.credentials.token(request.principal->id, *id);
  if (!token) return sdk::failure_response(token.error(), crm.log, request.request_id);
  std::string json;
  append_token(json, *token);
  return data_response(200, json);
}

Response list_tokens(CrmServices& crm, const Request& request) {
  auto tokens = crm.credentials.tokens(request.principal->id);
  if (!tokens) return sdk::failure_response(tokens.error(), crm.log, request.request_id);
  std::string items;
  for (const ApiToken& token : *tokens) {
    if (!items.empty()) items += ',';
    append_token(items, token);
  }
  return list_response(items, std::nullopt);
}

Response delete_token(CrmServices& crm, const Request& request) {
  const auto id = path_id(request);
  if (!id) return sdk::not_found();
  if (auto done = crm.credentials.delete_token(request.principal->id, *id); !done)
    return sdk::failure_response(done.error(), crm.log, request.request_id);
  return Response::no_content();
}

constexpr long k_device_cookie_seconds = 60L * 60 * 24 * 365;

std::string cookie_attributes(const CrmServices& crm) {
  const bool secure = crm.options.public_url.rfind("https://", 0) == 0;
  return std::string("; Path=/; HttpOnly; SameSite=Lax") + (secure ? "; Secure" : "");
}

}  // namespace

void append_account(std::string& out, const Account& account) {
  out += "{\"id\":" + std::to_string(account.user.id.value) + ",\"email\":";
  append_json_string(out, account.user.email);
  out += ",\"name\":";
  append_json_string(out, account.user.name);
  out += ",\"role\":\"" + std::string(role_name(account.user.role)) + "\",\"timezone\":";
  append_json_string(out, account.user.timezone);
  out += ",\"locale\":";
  append_json_string(out, account.locale);
  out += std::string(",\"is_active\":") + (account.user.is_active ? "true" : "false");
  out += std::string(",\"has_password\":") + (account.has_password ? "true" : "false");
  out += ",\"created_at\":\"" + sdk::instant_text(account.created_at) + "\"}";
}

sdk::Header session_cookie(const CrmServices& crm, std::string_view session_token) {
  // Ends with the browser; the server ends it after k_session_life in any case.
  return {"Set-Cookie", std::string(k_session_cookie) + "=" + std::string(session_token) + cookie_attributes(crm)};
}

sdk::Header ended_cookie(const CrmServices& crm) {
  return {"Set-Cookie", std::string(k_session_cookie) + "=" + cookie_attributes(crm) + "; Max-Age=0"};
}

sdk::Header device_cookie(const CrmServices& crm, std::string_view device) {
  return {"Set-Cookie", std::string(k_device_cookie) + "=" + std::string(device) + cookie_attributes(crm) +
                            "; Max-Age=" + std::to_string(k_device_cookie_seconds)};
}

std::string_view device_of(const sdk::Request& request) {
  return cookie_value(request.header("Cookie").value_or(""), k_device_cookie);
}

sdk::Response too_many_guesses(std::chrono::seconds wait) {
  Response response = sdk::refuse(429, "too_many_guesses", "Too many tries to log in to this account",
                                  "Wait as long as Retry-After says, log in on a device that you used before, or have "
                                  "a link mailed to you that sets a new password.");
  response.headers.push_back({"Retry-After", std::to_string(wait.count())});
  return response;
}

std::vector<sdk::Route> auth_routes(CrmServices& crm) {
  using enum sdk::Method;
  using sdk::Access;
  using sdk::RateClass;
  const auto bind = [&crm](Response (*handler)(CrmServices&, const Request&)) {
    return [&crm, handler](const Request& request) { return handler(crm, request); };
  };
  return {
      {post, "/api/v1/auth/login", Access::open, RateClass::login, bind(log_in)},
      {post, "/api/v1/auth/logout", Access::user, RateClass::normal, bind(log_out)},
      {get, "/api/v1/auth/session", Access::user, RateClass::normal, bind(show_session), 0},
      {get, "/api/v1/auth/tokens", Access::user, RateClass::normal, bind(list_tokens), 0},
      {post, "/api/v1/auth/tokens", Access::user, RateClass::normal, bind(make_token)},
      {get, "/api/v1/auth/tokens/{id}", Access::user, RateClass::normal, bind(show_token), 0},
      {del, "/api/v1/auth/tokens/{id}", Access::user, RateClass::normal, bind(delete_token), 0},
  };
}

}  // namespace crm::app
