#include "plugin/services/calendars/remote_times.hpp"

namespace scheduling {
namespace {

std::shared_ptr<const ZoneRules> rules_named(const std::string& name, const ZoneSource& zones) {
  const auto zone = zones.find(name);
  return zone ? zones.rules(*zone) : nullptr;
}

ZoneRules calendar_rules(const std::string& name, const ZoneSource& zones) {
  const auto known = rules_named(name, zones);
  return known ? *known : ZoneRules::utc();
}

Instant instant_of(const RemoteTime& time, const ZoneRules& calendar, const ZoneSource& zones) {
  if (const auto* instant = std::get_if<Instant>(&time)) return *instant;
  if (const auto* date = std::get_if<LocalDate>(&time)) return calendar.start_of(*date);
  const auto& wall = std::get<RemoteWallTime>(time);
  const auto own = rules_named(wall.zone, zones);
  return (own ? *own : calendar).to_instant(wall.wall);
}

}  // namespace

std::optional<TimeRange> time_of(const RemoteEvent& event, const std::string& calendar_zone, const ZoneSource& zones) {
  if (!event.start || !event.end) return std::nullopt;
  const ZoneRules calendar = calendar_rules(calendar_zone, zones);
  return TimeRange::make(instant_of(*event.start, calendar, zones), instant_of(*event.end, calendar, zones));
}

}  // namespace scheduling
