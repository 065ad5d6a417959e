#pragma once
/// A host's calendar as the database has it now.
#include <cstdint>
#include <span>
#include <vector>

#include "plugin/core/availability/host_calendar.hpp"
#include "plugin/ports/storage/calendar_rows.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/zone_source.hpp"

namespace scheduling {

struct LoadedCalendar {
  HostCalendar calendar;
  std::vector<ExternalEvent> events{};  ///< what the calendar's external_busy is made of
  HostVersion version{};                ///< not newer than the calendar
  bool has_schedule = false;            ///< false: defaults in the CRM user's zone, which no version watches
};

/// One round trip when the user has saved a schedule. Errors: the database's; broken for a zone without rules.
Result<LoadedCalendar> load_host_calendar(Transaction& transaction, const ZoneSource& zones, UserId host,
                                          TimeRange span);
/// The same for several, in their order; one round trip. Who never saved a schedule has no hours, in UTC.
Result<std::vector<LoadedCalendar>> load_host_calendars(Transaction& transaction, const ZoneSource& zones,
                                                        std::span<const UserId> hosts, TimeRange span);

std::vector<TimeRange> times_of(std::span<const ExternalEvent> events);

/// What holds for a user who never saved one: the defaults of B-4 in their CRM zone, no hours.
Result<HostSchedule> default_schedule(Transaction& transaction, const ZoneSource& zones, UserId user);

}  // namespace scheduling
