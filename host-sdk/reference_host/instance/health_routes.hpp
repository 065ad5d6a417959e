#pragma once
/// /healthz: the process lives. /readyz: the database answers and the modules are loaded.
#include <atomic>
#include <vector>

#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"

namespace crm::app {

/// `modules_ready` turns true once every enabled module is live.
std::vector<sdk::Route> health_routes(sdk::Database& database, const std::atomic<bool>& modules_ready);

}  // namespace crm::app
