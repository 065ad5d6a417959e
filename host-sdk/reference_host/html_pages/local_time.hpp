#pragma once
/// Instants as people read them, in their own zone.
#include <string>
#include <string_view>

#include "crm/sdk/database.hpp"

namespace crm::app {

/// "Sun, 9 Mar 2025, 01:00 EST"; in UTC when the zone is unknown.
std::string local_time_text(sdk::Micros at, std::string_view zone);

}  // namespace crm::app
