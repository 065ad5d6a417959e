#include "plugin/services/availability/load_host_calendar.hpp"

#include <utility>

#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"

namespace scheduling {
namespace {

/// `otherwise`: what holds when no schedule was saved.
Result<LoadedCalendar> calendar_from(const ZoneSource& zones, HostCalendarRows state, HostSchedule otherwise) {
  const bool has_schedule = state.schedule.has_value();
  HostSchedule schedule = has_schedule ? std::move(*state.schedule) : std::move(otherwise);
  schedule.overrides = std::move(state.overrides);
  auto rules = zones.rules(schedule.zone);
  if (!rules) return fail(Code::broken, "no rules for zone " + schedule.zone.name());
  auto calendar =
      HostCalendar::make(std::move(rules), std::move(schedule), std::move(state.meetings), times_of(state.events));
  calendar.readings = state.readings;
  return LoadedCalendar{std::move(calendar), std::move(state.events), std::move(state.version), has_schedule};
}

}  // namespace

std::vector<TimeRange> times_of(std::span<const ExternalEvent> events) {
  std::vector<TimeRange> times;
  times.reserve(events.size());
  for (const ExternalEvent& event : events) times.push_back(event.time);
  return times;
}

Result<HostSchedule> default_schedule(Transaction& transaction, const ZoneSource& zones, UserId user) {
  auto person = transaction.users().find(user);
  if (!person) return fail(std::move(person.error()));
  HostSchedule schedule;
  schedule.user = user;
  // A CRM may hold a zone that this system does not know; UTC is at least a time that exists.
  schedule.zone = zones.find(person->timezone).value_or(ZoneId::utc());
  return schedule;
}

Result<std::vector<LoadedCalendar>> load_host_calendars(Transaction& transaction, const ZoneSource& zones,
                                                        std::span<const UserId> hosts, TimeRange span) {
  auto states = transaction.meetings().load_calendar_rows(hosts, span);
  if (!states) return fail(std::move(states.error()));
  std::vector<LoadedCalendar> calendars;
  calendars.reserve(states->size());
  for (HostCalendarRows& state : *states) {
    auto calendar = calendar_from(zones, std::move(state), {});
    if (!calendar) return fail(std::move(calendar.error()));
    calendars.push_back(std::move(*calendar));
  }
  return calendars;
}

Result<LoadedCalendar> load_host_calendar(Transaction& transaction, const ZoneSource& zones, UserId host,
                                          TimeRange span) {
  auto states = transaction.meetings().load_calendar_rows({&host, 1}, span);
  if (!states) return fail(std::move(states.error()));
  HostCalendarRows& state = states->front();
  if (state.schedule) return calendar_from(zones, std::move(state), {});
  auto schedule = default_schedule(transaction, zones, host);
  if (!schedule) return fail(std::move(schedule.error()));
  return calendar_from(zones, std::move(state), std::move(*schedule));
}

}  // namespace scheduling
