#pragma once
/// Answers to addresses that hold a secret: nobody keeps a copy, nobody is told where we came from.
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
