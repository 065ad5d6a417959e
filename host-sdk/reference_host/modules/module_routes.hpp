#pragma once
/// /api/v1/modules…: list, enable, disable, settings. For administrators.
#include <vector>

#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "reference_host/modules/module_registry.hpp"

namespace crm::app {

std::vector<sdk::Route> module_routes(ModuleRegistry& registry, sdk::Log& log);

}  // namespace crm::app
