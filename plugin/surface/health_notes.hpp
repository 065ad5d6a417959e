#pragma once
/// What the services found, as the CRM's administrators read it.
#include <vector>

#include "crm/sdk/health.hpp"
#include "plugin/services/zone_watch.hpp"

namespace scheduling {

std::vector<crm::sdk::HealthNote> zone_notes(const ZoneWatch& watch);

}  // namespace scheduling
