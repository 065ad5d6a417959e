#include "reference_host/http/request_guard.hpp"

#include <algorithm>

#include "crm/sdk/form.hpp"
#include "crm/sdk/guard.hpp"
#include "reference_host/http/compression.hpp"
#include "reference_host/http/server_response.hpp"
#include "reference_host/network/client_address.hpp"

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
  return server_response({status, code, detail}, exchange.wants_page, exchange.request_id,
                         exchange.look != nullptr ? *exchange.look : PageLook{});
}

sdk::Response not_allowed(const Exchange& exchange, std::string allow) {
  auto response = refuse(exchange, 405, "method_not_allowed", "This address does not answer that method.");
  // Whatever answers GET answers HEAD.
  if (const std::size_t get = allow.find("GET"); get != std::string::npos) allow.insert(get + 3, ", HEAD");
  response.headers.push_back({"Allow", std::move(allow)});
  return response;
}

sdk::Response switched_off(const Exchange& exchange) {
  auto response = refuse(exchange, 503, "module_disabled", "The module that answers here is switched off.");
  response.headers.push_back({"Retry-After", std::to_string(k_retry_after_seconds)});
  return response;
}

/// Told to whom we cannot know, and for handlers whose failure is the database's.
sdk::Response database_is_away(const Exchange& exchange) {
  auto response = refuse(exchange, 503, "unavailable", "The database does not answer. Please try again in a moment.");
  response.headers.push_back({"Retry-After", "2"});
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

std::string_view without_default_port(std::string_view origin) {
  const std::string_view port = origin.starts_with("https://") ? ":443" : ":80";
  if (origin.ends_with(port)) origin.remove_suffix(port.size());
  return origin;
}

/// Scheme and authority of a URL.
std::string_view origin_of(std::string_view url) {
  const std::size_t authority = url.find("://");
  return authority == std::string_view::npos ? url : url.substr(0, url.find_first_of("/?#", authority + 3));
}

/// Whether a page of another site makes the browser send this. Programs send neither header. A browser says
/// `Origin: null` for a page that hides where it comes from; only Sec-Fetch-Site tells then whether it is ours.
bool comes_from_elsewhere(const HttpServerConfig& config, const sdk::Request& request) {
  const auto site = request.header("Sec-Fetch-Site");
  if (site && (*site == "cross-site" || *site == "same-site")) return true;
  const auto origin = request.header("Origin");
  if (!origin) return false;
  if (*origin == "null") return site != std::string_view("same-origin");
  const std::string_view named = without_default_port(*origin);
  if (equals_ignoring_case(named, without_default_port(origin_of(config.public_url)))) return false;
  const std::string_view host = request.header("Host").value_or(std::string_view{});
  const std::size_t authority = named.find("://");
  if (host.empty() || authority == std::string_view::npos) return true;
  const std::string own = std::string(named.substr(0, authority + 3)).append(host);
  return !equals_ignoring_case(named, without_default_port(own));
}

/// Somebody else's word for whom the peer speaks.
bool is_unknown_proxy(const HttpServerConfig& config, std::string_view peer, const sdk::Request& request) {
  const auto& proxies = config.trusted_proxies;
  return request.header("X-Forwarded-For") && std::find(proxies.begin(), proxies.end(), peer) == proxies.end();
}

/// The client after trusted proxies were looked through.
std::string client_of(const HttpServerConfig& config, std::string_view peer, const sdk::Request& request) {
  std::vector<std::string_view> forwarded;
  for (const sdk::Field& field : request.headers)
    if (equals_ignoring_case(field.name, "X-Forwarded-For")) forwarded.push_back(field.value);
  return client_behind(config.trusted_proxies, std::string(peer), forwarded);
}

/// People type a slash at the end of an address: 308 to the one address, the query kept. None when nothing is there.
std::optional<sdk::Response> without_last_slash(const RouteTable& routes, const Exchange& exchange,
                                                sdk::Method method) {
  std::string_view path = exchange.target.raw_path();
  if (!path.ends_with('/')) return std::nullopt;
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const RouteTable::Found found = routes.find(method, path);
  if (!found.route || path.starts_with("//")) return std::nullopt;
  const std::string_view target = exchange.head.target;
  const std::size_t mark = std::min(target.find('?'), target.size());
  auto response = sdk::Response::see_other(std::string(path).append(target.substr(mark)));
  response.status = 308;
  return response;
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
  exchange.look = &config_.look;
  request.is_from_unknown_proxy = is_unknown_proxy(config_, request.client_address, request);
  exchange.client = client_of(config_, request.client_address, request);
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
    if (auto moved = without_last_slash(routes_, exchange, *method)) return moved;
    return refuse(exchange, 404, "not_found", "There is nothing at this address.");
  }
  exchange.request.method = *method;
  if (exchange.found.switched_off && !is_unsent_form(exchange)) return switched_off(exchange);
  exchange.request.path = exchange.target.path();
  exchange.request.query = exchange.target.query();
  for (const auto& [name, value] : exchange.found.params) exchange.request.params.push_back({name, value});
  return std::nullopt;
}

/// A person's form: what they typed must not be lost, so its body is read and shown.
bool RequestGuard::is_unsent_form(const Exchange& exchange) const {
  return exchange.wants_page && exchange.request.method == sdk::Method::post && exchange.head.has_body() &&
         is_form(media_type(exchange.request.header("Content-Type").value_or(std::string_view{})));
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
  // What a cookie proves, and what makes a cookie, is for the CRM's own pages.
  const bool concerns_cookies = (exchange.identity.by_cookie && access != sdk::Access::open) ||
                                exchange.found.route->rate == sdk::RateClass::login;
  if (request.method != sdk::Method::get && concerns_cookies && comes_from_elsewhere(config_, request))
    return refuse(exchange, 403, "foreign_origin", "This is for pages of the CRM itself.");
  if (access == sdk::Access::open) return std::nullopt;
  if (!request.principal) {
    if (exchange.identity.is_unknown) return database_is_away(exchange);
    if (exchange.wants_page && !config_.login_path.empty() && request.method == sdk::Method::get)
      return sdk::Response::see_other(config_.login_path + "?next=" + sdk::url_encoded(request.target));
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
  if (exchange.found.switched_off) return unsent_form_page(exchange.request.target, exchange.body, *exchange.look);
  const sdk::Route& route = *exchange.found.route;
  if (route.access != sdk::Access::open && exchange.identity.by_cookie && exchange.request.method != sdk::Method::get &&
      !has_csrf_proof(exchange))
    return refuse(exchange, 403, "csrf_failed", "Send the session's X-CSRF-Token.");
  sdk::Response response = sdk::guarded(
      log_, route.pattern, [&] { return route.handler(exchange.request); },
      [&] { return sdk::internal_error(exchange.request_id); });
  if (exchange.wants_page && response.content_type.starts_with("application/problem+json")) {
    if (response.status == 500) return refuse(exchange, 500, "internal_error", {});
    if (response.status == 503) return database_is_away(exchange);
  }
  compress(exchange.request, response);
  return response;
}

}  // namespace crm::app
