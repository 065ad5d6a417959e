#include "reference_host/http/request_guard.hpp"

#include <algorithm>

#include "crm/sdk/form.hpp"
#include "crm/sdk/guard.hpp"
#include "reference_host/http/server_response.hpp"

namespace crm::app {
namespace {

std::optional<sdk::Method> known_method(std::string_view name) {
  if (name == "GET" || name == "HEAD") return sdk::Method::get;
  if (name == "POST") return sdk::Method::post;
  if (name == "PUT") return sdk::Method::put;
  if (name == "DELETE") return sdk::Method::del;
  return std::nullopt;
}

sdk::Response refuse(const Exchange& exchange, int status, std::string_view code, std::string_view detail) {
  return server_response({status, code, detail}, exchange.wants_page, exchange.request_id);
}

sdk::Response not_allowed(const Exchange& exchange, std::string allow) {
  auto response = refuse(exchange, 405, "method_not_allowed", "This address does not answer that method.");
  // Whatever answers GET answers HEAD.
  if (const std::size_t get = allow.find("GET"); get != std::string::npos) allow.insert(get + 3, ", HEAD");
  response.headers.push_back({"Allow", std::move(allow)});
  return response;
}

std::string_view media_type(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  return type;
}

bool is_json(std::string_view type) {
  return equals_ignoring_case(type, "application/json") ||
         (type.size() > 17 && equals_ignoring_case(type.substr(0, 12), "application/") &&
          equals_ignoring_case(type.substr(type.size() - 5), "+json"));
}

bool is_form(std::string_view type) {
  return equals_ignoring_case(type, "application/x-www-form-urlencoded");
}

/// Takes as long for a near miss as for a far one.
bool equals_in_constant_time(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  return difference == 0;
}

/// Somebody else's word for whom the peer speaks.
bool is_unknown_proxy(const HttpServerConfig& config, std::string_view peer, const sdk::Request& request) {
  const auto& proxies = config.trusted_proxies;
  return request.header("X-Forwarded-For") && std::find(proxies.begin(), proxies.end(), peer) == proxies.end();
}

/// The client a trusted proxy speaks for: the last entry it appended.
std::string client_behind(const HttpServerConfig& config, std::string_view peer, const sdk::Request& request) {
  const auto& proxies = config.trusted_proxies;
  if (std::find(proxies.begin(), proxies.end(), peer) == proxies.end()) return std::string(peer);
  std::string_view last;
  for (const sdk::Field& field : request.headers)
    if (equals_ignoring_case(field.name, "X-Forwarded-For")) last = field.value;
  last = last.substr(last.rfind(',') == std::string_view::npos ? 0 : last.rfind(',') + 1);
  while (last.starts_with(' ')) last.remove_prefix(1);
  const bool is_numeric = !last.empty() && last.size() <= 45 &&
                          last.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos;
  return std::string(is_numeric ? last : peer);
}

}  // namespace

void Exchange::clear() {
  head.clear();
  request.params.clear();
  request.query.clear();
  request.headers.clear();
  request.principal.reset();
  request.body = {};
  found = {};
  identity = {};
  body.clear();
  request_id.clear();
  client.clear();
  is_head_method = false;
  wants_page = false;
}

std::optional<sdk::Response> RequestGuard::admit(Exchange& exchange) {
  sdk::Request& request = exchange.request;
  request.headers.swap(exchange.head.headers);
  request.target = exchange.head.target;
  request.request_id = exchange.request_id;
  exchange.is_head_method = exchange.head.method == "HEAD";
  // An API answers programs, also those that ask in the manner of a browser.
  exchange.wants_page =
      !request.target.starts_with("/api/") && prefers_html(request.header("Accept").value_or(std::string_view{}));
  request.is_from_unknown_proxy = is_unknown_proxy(config_, request.client_address, request);
  exchange.client = client_behind(config_, request.client_address, request);
  request.client_address = exchange.client;
  if (auto refused = find_route(exchange)) return refused;
  if (auto refused = check_rate(exchange)) return refused;
  if (auto refused = check_credentials(exchange)) return refused;
  return check_body(exchange);
}

std::optional<sdk::Response> RequestGuard::find_route(Exchange& exchange) {
  if (!exchange.target.set(exchange.head.target))
    return refuse(exchange, 400, "invalid_encoding", "The address is not valid percent-encoded UTF-8.");
  const std::string_view path = exchange.target.raw_path();
  const auto method = known_method(exchange.head.method);
  if (!method) {
    std::string allow = routes_.allowed(path);
    if (!allow.empty()) return not_allowed(exchange, std::move(allow));
    return refuse(exchange, 404, "not_found", "There is nothing at this address.");
  }
  exchange.found = routes_.find(*method, path);
  if (exchange.found.is_malformed)
    return refuse(exchange, 400, "invalid_encoding", "The address is not valid percent-encoded UTF-8.");
  if (!exchange.found.route) {
    if (!exchange.found.allow.empty()) return not_allowed(exchange, exchange.found.allow);
    return refuse(exchange, 404, "not_found", "There is nothing at this address.");
  }
  if (exchange.found.switched_off)
    return refuse(exchange, 503, "module_disabled", "The module that answers here is switched off.");
  exchange.request.method = *method;
  exchange.request.path = exchange.target.path();
  exchange.request.query = exchange.target.query();
  for (const auto& [name, value] : exchange.found.params) exchange.request.params.push_back({name, value});
  return std::nullopt;
}

std::optional<sdk::Response> RequestGuard::check_rate(const Exchange& exchange) {
  if (!config_.rate_limits) return std::nullopt;
  const auto wait = limiter_.refuse(exchange.found.route->rate, exchange.client, RateLimiter::Clock::now());
  if (!wait) return std::nullopt;
  auto response = refuse(exchange, 429, "rate_limited", "Too many requests; see Retry-After.");
  response.headers.push_back({"Retry-After", std::to_string(wait->count())});
  return response;
}

std::optional<sdk::Response> RequestGuard::check_credentials(Exchange& exchange) {
  const sdk::Request& request = exchange.request;
  if (request.header("Authorization") || request.header("Cookie")) exchange.identity = authenticator_.identify(request);
  exchange.request.principal = exchange.identity.principal;
  const sdk::Access access = exchange.found.route->access;
  if (access == sdk::Access::open) return std::nullopt;
  if (!request.principal) {
    if (exchange.wants_page && !config_.login_path.empty() && request.method == sdk::Method::get)
      return sdk::Response::see_other(config_.login_path);
    auto response = refuse(exchange, 401, "unauthorized", "Sign in, or send a valid token.");
    response.headers.push_back({"WWW-Authenticate", "Bearer"});
    return response;
  }
  if (access == sdk::Access::admin && !request.principal->is_admin())
    return refuse(exchange, 403, "forbidden", "This is for administrators.");
  return std::nullopt;
}

std::optional<sdk::Response> RequestGuard::check_body(const Exchange& exchange) const {
  const RequestHead& head = exchange.head;
  const bool is_write = exchange.request.method == sdk::Method::post || exchange.request.method == sdk::Method::put;
  if (is_write && !head.content_length && !head.is_chunked)
    return refuse(exchange, 411, "length_required", "Send Content-Length, also for an empty body.");
  if (head.content_length.value_or(0) > exchange.found.route->body_bytes_max)
    return refuse(exchange, 413, "body_too_large", "The body is longer than this address accepts.");
  if (!head.has_body()) return std::nullopt;
  const std::string_view type = media_type(exchange.request.header("Content-Type").value_or(std::string_view{}));
  if (!is_json(type) && !is_form(type))
    return refuse(exchange, 415, "unsupported_media_type", "Send application/json, or a form where a page offers one.");
  return std::nullopt;
}

bool RequestGuard::has_csrf_proof(const Exchange& exchange) const {
  const sdk::Request& request = exchange.request;
  const std::string& wanted = exchange.identity.csrf_token;
  if (wanted.empty()) return false;
  if (const auto header = request.header("X-CSRF-Token")) return equals_in_constant_time(*header, wanted);
  if (!is_form(media_type(request.header("Content-Type").value_or(std::string_view{})))) return false;
  const auto field = sdk::Form::find(request.body, "csrf_token");
  return field && equals_in_constant_time(*field, wanted);
}

sdk::Response RequestGuard::respond(Exchange& exchange) {
  exchange.request.body = exchange.body;
  const sdk::Route& route = *exchange.found.route;
  if (route.access != sdk::Access::open && exchange.identity.by_cookie && exchange.request.method != sdk::Method::get &&
      !has_csrf_proof(exchange))
    return refuse(exchange, 403, "csrf_failed", "Send the session's X-CSRF-Token.");
  sdk::Response response = sdk::guarded(
      log_, route.pattern, [&] { return route.handler(exchange.request); },
      [&] { return sdk::internal_error(exchange.request_id); });
  if (response.status == 500 && exchange.wants_page && response.content_type.starts_with("application/problem+json"))
    return refuse(exchange, 500, "internal_error", {});
  return response;
}

}  // namespace crm::app
