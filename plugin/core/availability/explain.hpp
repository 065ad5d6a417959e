#pragma once
/// Why not? judge()'s verdict with the facts that a person needs to understand it and to change it.
///
/// Time:   instants in UTC; dates and spans of a day are the host's.
/// Purity: no clock, no I/O, no words: the facts are written as sentences at the edge.
/// Cost:   that of judge(), and the open hours of two days.
/// Source: behaviour B-12.
#include <chrono>
#include <optional>
#include <variant>
#include <vector>

#include "plugin/core/availability/busy_time.hpp"
#include "plugin/core/availability/find_slots.hpp"
#include "plugin/core/availability/meeting_limits.hpp"

namespace scheduling {

struct NoticeFacts {
  Instant earliest;  ///< a start at it would not be too soon
  std::chrono::minutes notice_min;
};

struct HorizonFacts {
  LocalDate last;  ///< that can be booked
  std::chrono::days advance_max;
};

struct RangeFacts {
  std::optional<LocalDate> from;
  std::optional<LocalDate> until;  ///< inclusive
};

/// Of outside_hours and overridden.
struct HoursFacts {
  LocalDate date;                      ///< of the start
  DaySpans open;                       ///< on that date, after overrides and the type's narrowing
  std::vector<DayOverride> overrides;  ///< of the dates that the meeting touches
  bool is_narrowed = false;            ///< the host is open; the type's own days and hours are the cause
  std::optional<Instant> open_until;   ///< the start lies in open time, which ends here, before the meeting does
};

struct GridFacts {
  HoursFacts hours;
  std::chrono::minutes interval;
  std::optional<Instant> previous;  ///< the nearest starts of that date's grid, where the meeting fits
  std::optional<Instant> next;
};

using UnavailableFacts =
    std::variant<std::monostate, NoticeFacts, HorizonFacts, RangeFacts, HoursFacts, GridFacts, Conflict, ReachedLimit>;

struct Explanation {
  TimeRange candidate;
  WallTime local;                         ///< what the host's clock shows at its start
  std::optional<UnavailableReason> rule;  ///< judge()'s; none: it would be offered
  UnavailableFacts facts;                 ///< of that rule; none when it would be offered
};

[[nodiscard]] Explanation explain(const SlotContext& context, Instant start);

/// The facts of one rule that refuses `candidate`, whose length need not be the type's.
[[nodiscard]] Explanation explain_as(const SlotContext& context, TimeRange candidate, UnavailableReason rule);

}  // namespace scheduling
