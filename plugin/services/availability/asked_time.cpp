#include "plugin/services/availability/asked_time.hpp"

#include "plugin/core/text/typed_text.hpp"

namespace scheduling {

AskedTime read_asked_time(FieldErrors& errors, const std::string& start, const std::optional<std::string>& zone,
                          const ZoneId& fallback, const ZoneSource& zones) {
  AskedTime asked{parse_instant(typed_value(start)), zone ? zones.find(*zone) : std::optional(fallback)};
  if (start.empty())
    errors.add("start", "required", "Choose a time.");
  else if (!asked.start)
    errors.add("start", "invalid_format", "An instant such as 2025-01-15T14:00:00Z.");
  if (!asked.zone) errors.add("timezone", "invalid_timezone", "This time zone does not exist.");
  return asked;
}

}  // namespace scheduling
