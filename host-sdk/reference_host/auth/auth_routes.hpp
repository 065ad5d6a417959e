#pragma once
/// Logging in and out, and API tokens: /api/v1/auth/…
#include <string>
#include <vector>

#include "crm/sdk/http.hpp"
#include "reference_host/auth/accounts.hpp"
#include "reference_host/auth/credentials.hpp"
#include "reference_host/system/crm_services.hpp"

namespace crm::app {

std::vector<sdk::Route> auth_routes(CrmServices& crm);

/// {"id":…,"email":…,"name":…,"role":…,"timezone":…,"locale":…,"is_active":…,"created_at":…}
void append_account(std::string& out, const Account& account);

/// The Set-Cookie header of a new session, and the one that ends it.
sdk::Header session_cookie(const CrmServices& crm, std::string_view session_token);
sdk::Header ended_cookie(const CrmServices& crm);

}  // namespace crm::app
