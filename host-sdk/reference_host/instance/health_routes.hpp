#pragma once
/// /healthz: the process lives. /readyz: the database answers and the modules are loaded.
#include <atomic>
#include <vector>

#include "crm/sdk/http.hpp"
#include "reference_host/database/pg_database.hpp"

namespace crm::app {

/// `modules_ready` turns true once every enabled module is live.
std::vector<sdk::Route> health_routes(PgDatabase& database, const std::atomic<bool>& modules_ready);

}  // namespace crm::app
