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
  bool is_unknown = false;                  ///< the database was away: they may well be somebody
  bool by_cookie = false;                   ///< a cookie session: writes need the CSRF token
  std::string csrf_token;                   ///< what X-CSRF-Token (or the form field csrf_token) must equal
};

class Authenticator {
 public:
  virtual ~Authenticator() = default;
  /// Called for every request that carries a session cookie or an Authorization header.
  /// Thread: any. Errors: none; while the database is away, whom it does not remember is unknown.
  virtual Identity identify(const sdk::Request& request) noexcept = 0;
};

}  // namespace crm::app
