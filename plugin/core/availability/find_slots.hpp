#pragma once
/// When can we meet, and why not? Listing and booking are the same predicate: judge() accepts a start
/// if and only if find_slots() would list it.
///
/// Time:   instants in UTC; the host's zone is in the offer, the booker's zone only chose the window.
/// Purity: no clock, no I/O; `now` is in the offer.
/// Cost:   linear in the days and starts of the window and in the busy ranges that touch it, whatever else the
///         calendar holds.
/// Source: behaviour B-2 to B-7, B-12.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "plugin/core/availability/slot_context.hpp"
#include "plugin/core/error.hpp"

namespace scheduling {

/// The rule that refuses a start, in the order in which they are asked.
enum class UnavailableReason : std::uint8_t {
  notice,         ///< too soon, or past
  horizon,        ///< beyond max_days_in_advance
  outside_range,  ///< not in bookable_from … bookable_until
  outside_hours,
  overridden,  ///< the weekly hours would have allowed it; an override of the date does not
  off_grid,
  calendar_unreadable,  ///< and the administrator wants nothing offered then
  busy_meeting,
  busy_external,
  buffer,  ///< free, but too near to a meeting or an external event
  daily_limit_type,
  weekly_limit_type,
  daily_limit_host,
  weekly_limit_host,
};

std::string_view name_of(UnavailableReason refusal);
/// B-7: outside_rules for hours, grid, notice, horizon and range; slot_taken for what is occupied.
Code code_of(UnavailableReason refusal);

/// The meetings that could start in `window` (its end excluded), earliest first.
[[nodiscard]] std::vector<TimeRange> find_slots(const SlotContext& context, TimeRange window);

/// Nothing when a meeting may start at `start`; else the first rule that refuses it.
[[nodiscard]] std::optional<UnavailableReason> check_slot(const SlotContext& context, Instant start);

/// Up to `count` offered starts in `window`, those nearest to `near`, in order of time.
[[nodiscard]] std::vector<Instant> next_alternatives(const SlotContext& context, TimeRange window, Instant near,
                                                     std::size_t count);

/// Up to `count` starts of `times`, those nearest to `near`, in order of time.
[[nodiscard]] std::vector<Instant> nearest_of(const std::vector<TimeRange>& times, Instant near, std::size_t count);

/// The instants that fall on the booker's dates `from` … `until` (inclusive). Empty when there are none:
/// inverted dates, or a date that the zone skipped.
[[nodiscard]] std::optional<TimeRange> window_of_dates(const ZoneRules& booker_zone, LocalDate from, LocalDate until);

}  // namespace scheduling
