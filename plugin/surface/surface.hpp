#pragma once
/// Everything the host can reach.
#include "crm/sdk/module.hpp"

namespace scheduling {

class Wiring;

/// Registers every row of the tables in surface.cpp. The wiring must outlive the registrations.
crm::sdk::Done register_surface(crm::sdk::Loader& loader, Wiring& wiring);

}  // namespace scheduling
