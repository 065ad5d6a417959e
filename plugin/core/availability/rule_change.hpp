#pragma once
/// What another set of rules would change: free times gained and lost, and booked meetings that would
/// lie outside.
///
/// Time:   instants in UTC; a start that only changes its length is kept.
/// Purity: no clock, no I/O. Both offers come from the same calendar state and the same `now`.
/// Cost:   that of listing the window twice; O(n log n) for n live meetings in it.
/// Source: behaviour B-2, B-3, B-5.
#include <cstddef>
#include <vector>

#include "plugin/core/availability/explain.hpp"

namespace scheduling {

struct PushedOut {
  BookedMeeting meeting;
  Explanation why;  ///< outside_range, outside_hours or overridden, after the change
};

struct RuleChange {
  std::vector<TimeRange> offered;  ///< all starts that `after` offers
  std::vector<TimeRange> gained;   ///< starts that only `after` offers
  std::vector<TimeRange> lost;     ///< starts that only `before` offers
  std::size_t kept = 0;            ///< starts that both offer
  /// Live meetings of any type that start in the window and after `now`, lay inside open hours before and
  /// no longer do; of the offers' own type also inside its narrowing and its fixed range. Limits, buffers,
  /// grid, notice and horizon never push out what is booked: they decide about new meetings only.
  std::vector<PushedOut> outside;
};

[[nodiscard]] RuleChange compare(const SlotContext& before, const SlotContext& after, TimeRange window);

}  // namespace scheduling
