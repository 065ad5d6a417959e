#include "plugin/services/meeting/meeting_zones.hpp"

#include "plugin/ports/storage/availability_repository.hpp"

namespace scheduling {

std::optional<MeetingClocks> clocks_at(const ZoneSource& zones, Instant start, const ZoneId& host_zone,
                                       const ZoneId& attendee_zone) {
  const auto host = zones.rules(host_zone);
  const auto attendee = zones.rules(attendee_zone);
  if (!host || !attendee) return std::nullopt;
  return MeetingClocks{host_zone, clock_offset(*host, start), clock_offset(*attendee, start)};
}

Result<ZoneId> host_zone_of(Transaction& transaction, const ZoneSource& zones, const Person& host) {
  auto schedule = transaction.availability().find(host.id);
  if (!schedule) return fail(std::move(schedule.error()));
  return *schedule ? (*schedule)->zone : zones.find(host.timezone).value_or(ZoneId::utc());
}

Result<std::optional<MeetingClocks>> clocks_with_host(Transaction& transaction, const ZoneSource& zones, Instant start,
                                                      const std::optional<MeetingClocks>& agreed, const Person& host) {
  if (!agreed) return std::optional<MeetingClocks>{};
  auto zone = host_zone_of(transaction, zones, host);
  if (!zone) return fail(std::move(zone.error()));
  const auto rules = zones.rules(*zone);
  if (!rules) return std::optional<MeetingClocks>{};
  return std::optional(MeetingClocks{*zone, clock_offset(*rules, start), agreed->attendee_offset});
}

}  // namespace scheduling
