#pragma once
/// The CRM's users: /api/v1/users…
#include <vector>

#include "crm/sdk/http.hpp"
#include "reference_host/system/crm_services.hpp"

namespace crm::app {

std::vector<sdk::Route> user_routes(CrmServices& crm);

}  // namespace crm::app
