#pragma once
/// Headers for responses under URLs that hold a secret: no cache keeps them, and no Referer header leaves with a click.
#include <utility>

#include "crm/sdk/http.hpp"

namespace scheduling {

inline crm::sdk::Response secret(crm::sdk::Response response) {
  response.headers.push_back({"Cache-Control", "no-store"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  return response;
}

/// For pages of PublicViews, which are not to be kept anyway.
inline crm::sdk::Response secret_page(crm::sdk::Response response) {
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  return response;
}

}  // namespace scheduling
