#include "plugin/services/load_calendar.hpp"

#include <utility>

#include "plugin/ports/meeting_repository.hpp"
#include "plugin/ports/user_directory.hpp"

namespace scheduling {

Result<HostSchedule> default_schedule(Transaction& transaction, const ZoneSource& zones, UserId user) {
  auto person = transaction.users().find(user);
  if (!person) return fail(std::move(person.error()));
  HostSchedule schedule;
  schedule.user = user;
  // A CRM may hold a zone that this system does not know; UTC is at least a time that exists.
  schedule.zone = zones.find(person->timezone).value_or(ZoneId::utc());
  return schedule;
}

Result<LoadedCalendar> load_calendar(Transaction& transaction, const ZoneSource& zones, UserId host, TimeRange span) {
  auto state = transaction.meetings().load_state(host, span);
  if (!state) return fail(std::move(state.error()));
  const bool has_schedule = state->schedule.has_value();
  auto schedule = has_schedule ? Result<HostSchedule>(std::move(*state->schedule))
                               : default_schedule(transaction, zones, host);
  if (!schedule) return fail(std::move(schedule.error()));
  schedule->overrides = std::move(state->overrides);
  auto rules = zones.rules(schedule->zone);
  if (!rules) return fail(Code::broken, "no rules for zone " + schedule->zone.name());
  return LoadedCalendar{HostCalendar::make(std::move(rules), std::move(*schedule), std::move(state->meetings),
                                           std::move(state->external_busy)),
                        state->version, has_schedule};
}

}  // namespace scheduling
