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

/// {"id":…,"email":…,"name":…,"role":…,"timezone":…,"locale":…,"is_active":…,"has_password":…,"created_at":…}
void append_account(std::string& out, const Account& account);

/// The Set-Cookie headers of a new session, of a device that is known from now on, and the one that ends a session.
sdk::Header session_cookie(const CrmServices& crm, std::string_view session_token);
sdk::Header device_cookie(const CrmServices& crm, std::string_view device);
sdk::Header ended_cookie(const CrmServices& crm);
/// The device cookie that a request brings; empty: none.
std::string_view device_of(const sdk::Request& request);

/// 429: the account was tried too often.
sdk::Response too_many_guesses(std::chrono::seconds wait);

}  // namespace crm::app
