#pragma once
/// iCalendar text as CalDAV servers keep it: expanded, written, and changed without losing what its owner added.
///
/// Thread: any. Text of a stranger: what cannot be read is none, never an exception.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/calendar/remote_event.hpp"
#include "plugin/core/interval/time_range.hpp"
#include "plugin/ports/calendar/calendar_provider.hpp"

namespace scheduling {

struct CalendarObjectDraft {
  const EventDraft& event;
  std::string organizer{};  ///< the calendar's owner; without one nobody is invited
  Instant stamp{};
};

class CalendarObjects {
 public:
  virtual ~CalendarObjects() = default;
  /// Every occurrence that touches `window`. `mark` is the UID; `id` is empty for what happens once, else "#" and the
  /// time at which that occurrence stood at first, so it stays the same when the occurrence moves. Floating times are
  /// wall times without a zone. `own_addresses` in lower case: whose PARTSTAT counts.
  virtual std::optional<std::vector<RemoteEvent>> expand(std::string_view text, TimeRange window,
                                                         const std::vector<std::string>& own_addresses) const = 0;
  /// The event itself, wherever it stands in time; of a series its beginning.
  virtual std::optional<RemoteEvent> read(std::string_view text,
                                          const std::vector<std::string>& own_addresses) const = 0;
  virtual std::string write(const CalendarObjectDraft& draft) const = 0;
  /// The same object with the draft's time and texts; alarms, categories and whatever else stays.
  virtual std::optional<std::string> rewrite(std::string_view text, const CalendarObjectDraft& draft) const = 0;
  /// The zone that a calendar-timezone names; empty when none is known.
  virtual std::string zone_in(std::string_view text) const = 0;
};

}  // namespace scheduling
