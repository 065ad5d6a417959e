#pragma once
/// The start and the zone that an attendee asks for, as sent.
#include <optional>
#include <string>

#include "plugin/core/error.hpp"
#include "plugin/core/time/instant.hpp"
#include "plugin/core/time/zone_id.hpp"
#include "plugin/ports/zone_source.hpp"

namespace scheduling {

/// Empty where the value is wrong; then `errors` names it.
struct AskedTime {
  std::optional<Instant> start;
  std::optional<ZoneId> zone;
};

/// `zone` absent: `fallback`.
AskedTime read_asked_time(FieldErrors& errors, const std::string& start, const std::optional<std::string>& zone,
                          const ZoneId& fallback, const ZoneSource& zones);

}  // namespace scheduling
