#pragma once
/// One's own password, invitations and resets: parts of /api/v1/users/… and /api/v1/auth/…
#include <vector>

#include "crm/sdk/http.hpp"
#include "reference_host/system/crm_services.hpp"

namespace crm::app {

std::vector<sdk::Route> password_routes(CrmServices& crm);

}  // namespace crm::app
