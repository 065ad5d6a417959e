#pragma once
/// All that decides when one host can be booked for one meeting type. Loaded once, then pure.
#include <memory>
#include <utility>

#include "plugin/core/availability/host_calendar.hpp"
#include "plugin/core/availability/scheduling_rules.hpp"

namespace scheduling {

struct SlotContext {
  /// Never null. Must cover calendar_needed_for(window) of every window asked about.
  std::shared_ptr<const HostCalendar> host;
  SchedulingRules rules;
  MeetingTypeId type;
  Instant now;
  MeetingId moving;  ///< a meeting that does not count against itself; zero: none
  /// What holds while a calendar that is to block the host cannot be read; none: all of them were.
  std::optional<BrokenCalendarAction> unreadable{};

  const ZoneRules& zone() const { return *host->zone; }
};

/// The stretch whose meetings and external events decide about starts in `window`: the whole weeks of
/// any zone and week start, the longest meeting and the longest buffers.
TimeRange calendar_needed_for(TimeRange window);
/// The host dates, first and last inclusive, whose overrides decide about starts in `window`, in any zone.
std::pair<LocalDate, LocalDate> dates_needed_for(TimeRange window);

}  // namespace scheduling
