#pragma once
/// The open hours of a stretch of dates, as instants (B-2).
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "plugin/core/availability/slot_context.hpp"

namespace scheduling {

/// One open interval of one local date. It remembers its own start, where the date's grid begins, and how
/// far one may go without leaving open time: intervals that touch at midnight join for containment only.
struct OpenSpan {
  Instant start;
  Instant end;         ///< start < end
  Instant joined_end;  ///< >= end
  LocalDate date;
};

enum class Overrides : bool { ignored, applied };

/// What is open on a date: the weekday's rules, the date's overrides, and the type's narrowing.
class DayHours {
 public:
  DayHours(const SlotContext& context, Overrides overrides);
  /// Valid until the next call; ask in order of dates.
  std::span<const LocalSpan> on(LocalDate date);

 private:
  DaySpans narrowed(std::chrono::weekday day, const DaySpans& spans) const;
  std::span<const DayOverride> overrides_of(LocalDate date);

  const SchedulingRules& rules_;
  const HostSchedule& host_;
  bool narrows_;
  std::array<std::optional<DaySpans>, 7> weekly_;  ///< worked out when asked, and only when the type narrows
  std::span<const DayOverride> overrides_;         ///< those not before the date asked about last
  DaySpans scratch_;
};

/// Every open span of every local date that could hold a meeting starting in `window`, in order.
[[nodiscard]] std::vector<OpenSpan> open_time(const SlotContext& context, TimeRange window, Overrides overrides);

/// The span of open_time()'s in which `instant` lies, if any.
const OpenSpan* span_at(const std::vector<OpenSpan>& spans, Instant instant);
/// The span in which `time` begins, when one can stay in open time until its end.
const OpenSpan* span_holding(const std::vector<OpenSpan>& spans, TimeRange time);

}  // namespace scheduling
