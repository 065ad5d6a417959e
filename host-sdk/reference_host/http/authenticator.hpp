#pragma once
/// The seam between the HTTP server, which guards routes, and `auth`, which knows sessions and tokens.
#include <cstdint>
#include <optional>
#include <string>

#include "crm/sdk/http.hpp"

namespace crm::app {

/// Who a request comes from, as its cookie or Authorization header proves.
struct Identity {
  std::optional<sdk::Principal> principal;  ///< empty: nobody, or credentials that are wrong or expired
  bool by_cookie = false;                   ///< a cookie session: writes need the CSRF token
  std::string csrf_token;                   ///< what X-CSRF-Token (or the form field csrf_token) must equal
};

class Authenticator {
 public:
  virtual ~Authenticator() = default;
  /// Called for every request that carries a session cookie or an Authorization header.
  /// Thread: any. Errors: none; a database that is down reads as nobody, and is logged.
  virtual Identity identify(const sdk::Request& request) noexcept = 0;
};

}  // namespace crm::app
