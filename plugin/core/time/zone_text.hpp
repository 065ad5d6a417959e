#pragma once
/// Zones in plain words that need no language.
#include <chrono>
#include <string>

#include "plugin/core/time/zone_id.hpp"

namespace scheduling {

/// "UTC−05:00", "UTC+05:45", "UTC".
std::string offset_text(std::chrono::seconds offset);
/// "America/Argentina/Buenos_Aires" → "Buenos Aires".
std::string city_of(const ZoneId& zone);

}  // namespace scheduling
