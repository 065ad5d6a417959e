#include "plugin/services/calendars/own_event.hpp"

namespace scheduling {

std::vector<std::string> calendars_from(const std::vector<CalendarConnection>& connections, const std::string& first) {
  std::vector<std::string> calendars = {first};
  for (const CalendarConnection& each : connections)
    for (const ConnectedCalendar& calendar : each.calendars)
      if (calendar.provider_id != first) calendars.push_back(calendar.provider_id);
  return calendars;
}

Told<OwnEvent> find_own_event(CalendarAccess& access, ConnectionId connection,
                              const std::vector<std::string>& calendars, const std::string& mark) {
  for (const std::string& calendar : calendars) {
    auto found = access.call(connection, [&](CalendarProvider& provider, const std::string& token) {
      return provider.find_marked(token, calendar, mark);
    });
    if (found && !found->is_cancelled) return OwnEvent{calendar, std::move(*found)};
    if (!found && !found.is(ProviderTrouble::not_found)) return found.error();
  }
  return ProviderError{ProviderTrouble::not_found, "no calendar of the account has it", {}};
}

}  // namespace scheduling
