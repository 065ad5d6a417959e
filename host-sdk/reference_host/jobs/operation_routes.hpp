#pragma once
/// What an admin, or a test, does to the instance itself: jobs, test mail, and in development the clock.
#include <vector>

#include "crm/sdk/http.hpp"
#include "reference_host/system/crm_services.hpp"

namespace crm::app {

/// The /api/v1/dev/… routes are there only with --development.
std::vector<sdk::Route> operation_routes(CrmServices& crm);

}  // namespace crm::app
