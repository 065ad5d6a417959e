#pragma once
/// Names of time zones, as the system's zone data knows them.
#include <string_view>

namespace crm::app {

constexpr std::size_t k_zone_name_max = 50;  ///< VARCHAR(50) in the spec's tables

/// Whether `name` is an IANA name ("Europe/Berlin", "UTC") that the system's zone data holds.
/// Never follows a path out of it. Thread: any. Cost: opens one small file.
bool is_zone_name(std::string_view name);

}  // namespace crm::app
