#include "plugin/adapters/postgres/pg_zone_rule_repository.hpp"

#include "plugin/adapters/postgres/array_text.hpp"
#include "plugin/adapters/postgres/queries.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::zone_rule_repository;
using crm::sdk::RowReader;
using std::chrono::minutes;

Result<ZoneId> next_zone(RowReader& row) {
  const auto zone = ZoneId::parse(row.next<std::string_view>());
  if (!zone) return fail(Code::broken, "stored zone is none");
  return *zone;
}

std::optional<minutes> next_offset(RowReader& row) {
  const auto offset = row.next_or_null<std::int64_t>();
  return offset ? std::optional(minutes{*offset}) : std::nullopt;
}

Result<DatabaseZone> read_zone(RowReader& row) {
  auto zone = next_zone(row);
  if (!zone) return fail(std::move(zone.error()));
  DatabaseZone found{std::move(*zone)};
  for (const std::int64_t offset : numbers_in(row.next_or_null<std::string_view>().value_or("")))
    found.offsets.emplace_back(offset);
  return found;
}

Result<UpcomingMeeting> read_upcoming(RowReader& row) {
  UpcomingMeeting meeting;
  meeting.id = MeetingId{row.next<std::int64_t>()};
  meeting.start = row.next<Instant>();
  if (const auto contact = row.next_or_null<std::int64_t>()) meeting.contact = ContactId{*contact};
  auto attendee_zone = next_zone(row);
  auto host_zone = next_zone(row);
  if (!attendee_zone) return fail(std::move(attendee_zone.error()));
  if (!host_zone) return fail(std::move(host_zone.error()));
  meeting.attendee_zone = std::move(*attendee_zone);
  meeting.agreed.host_zone = std::move(*host_zone);
  meeting.agreed.host_offset = minutes{row.next<std::int64_t>()};
  meeting.agreed.attendee_offset = minutes{row.next<std::int64_t>()};
  meeting.noted.host_offset = next_offset(row);
  meeting.noted.attendee_offset = next_offset(row);
  return meeting;
}

std::string number_or_null(const std::optional<minutes>& number) {
  return number ? std::to_string(number->count()) : "NULL";
}

}  // namespace

Result<std::vector<DatabaseZone>> PgZoneRuleRepository::offsets(std::span<const ZoneId> zones,
                                                                std::span<const Instant> instants) {
  std::vector<std::string> names;
  for (const ZoneId& zone : zones) names.push_back(zone.name());
  std::vector<std::string> probes;
  for (const Instant instant : instants) probes.push_back(format_instant(instant));
  return session_.all<DatabaseZone>(session_.run(query::offsets, {array_text(names), array_text(probes)}), read_zone);
}

Result<std::optional<ZoneRuleCheckMark>> PgZoneRuleRepository::last_check() {
  return session_.one<ZoneRuleCheckMark>(session_.run(query::last_check, {}),
                                         [](RowReader& row) -> Result<ZoneRuleCheckMark> {
                                           std::string zone_data = row.next<std::string>();
                                           return ZoneRuleCheckMark{std::move(zone_data), row.next<Instant>()};
                                         });
}

Done PgZoneRuleRepository::note_check(const ZoneRuleCheckMark& mark) {
  return session_.execute(query::note_check, {mark.zone_data, mark.at});
}

Result<std::vector<UpcomingMeeting>> PgZoneRuleRepository::upcoming(const MeetingPosition& after, int count) {
  return session_.all<UpcomingMeeting>(session_.run(query::upcoming, {after.start, after.id.value, count}),
                                       read_upcoming);
}

Result<std::vector<MeetingId>> PgZoneRuleRepository::note(std::span<const ClockNote> notes, std::string_view zone_data,
                                                          Instant now) {
  std::vector<std::string> ids, zones, hosts, attendees;
  for (const ClockNote& note : notes) {
    ids.push_back(std::to_string(note.id.value));
    zones.push_back(note.host_zone.name());
    hosts.push_back(number_or_null(note.change.host_offset));
    attendees.push_back(number_or_null(note.change.attendee_offset));
  }
  return session_.all<MeetingId>(
      session_.run(query::note,
                   {array_text(ids), array_text(zones), array_text(hosts), array_text(attendees), zone_data, now}),
      [](RowReader& row) -> Result<MeetingId> { return MeetingId{row.next<std::int64_t>()}; });
}

}  // namespace scheduling
