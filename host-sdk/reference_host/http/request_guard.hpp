#pragma once
/// Decides whether a request may reach its route's handler, and calls it.
///
/// admit() runs before the body is read, so that a refused request costs no body; respond() runs after it.
/// Order: address, route, module switched off, rate, credentials, body length, body type | CSRF, handler.
/// Thread: any.
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/services.hpp"
#include "reference_host/http/authenticator.hpp"
#include "reference_host/http/http_server_config.hpp"
#include "reference_host/http/rate_limiter.hpp"
#include "reference_host/http/request_head.hpp"
#include "reference_host/http/request_target.hpp"
#include "reference_host/http/route_table.hpp"

namespace crm::app {

/// One request on its way through the server. Belongs to its connection, which uses it again and again.
struct Exchange {
  RequestHead head;
  RequestTarget target;
  sdk::Request request;
  RouteTable::Found found;
  Identity identity;
  std::string body;
  std::string request_id;
  std::string client;  ///< after trusted proxies were looked through
  bool is_head_method = false;
  bool wants_page = false;  ///< refusals are shown to a person
  const PageLook* look = nullptr;

  void clear();
  bool has_secret_path() const { return found.route && found.route->rate == sdk::RateClass::token; }
  std::string_view pattern() const { return found.route ? std::string_view(found.route->pattern) : std::string_view{}; }
};

class RequestGuard {
 public:
  RequestGuard(const HttpServerConfig& config, RouteTable& routes, Authenticator& authenticator, sdk::Log& log)
      : config_(config), routes_(routes), authenticator_(authenticator), log_(log) {}

  /// Fills `exchange` from its head. A response means: refused.
  std::optional<sdk::Response> admit(Exchange& exchange);
  /// The body is complete.
  sdk::Response respond(Exchange& exchange);

 private:
  std::optional<sdk::Response> find_route(Exchange& exchange);
  std::optional<sdk::Response> check_rate(const Exchange& exchange);
  std::optional<sdk::Response> check_credentials(Exchange& exchange);
  std::optional<sdk::Response> check_body(const Exchange& exchange) const;
  bool is_unsent_form(const Exchange& exchange) const;
  bool has_csrf_proof(const Exchange& exchange) const;

  const HttpServerConfig& config_;
  RouteTable& routes_;
  Authenticator& authenticator_;
  sdk::Log& log_;
  RateLimiter limiter_;
};

}  // namespace crm::app
