#pragma once
/// What a user changed for one calendar date (B-2).
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/schedule/local_span.hpp"

namespace scheduling {

struct DayOverrideDraft {
  std::string date;  ///< "2025-12-24"
  bool is_available = false;
  std::optional<std::string> start_time;
  std::optional<std::string> end_time;
  std::optional<std::string> reason;
};

struct DayOverride {
  OverrideId id;
  LocalDate date;
  bool is_available = false;       ///< true needs hours
  std::optional<LocalSpan> hours;  ///< none: the whole day
  std::optional<std::string> reason;

  static Result<DayOverride> make(const DayOverrideDraft& draft);
};

/// The open spans of one date: `weekly` is what the weekday would give, `overrides` are the rows of
/// that very date. Available rows replace the weekday by their union, timed blocks are then
/// subtracted, a block without times closes the day.
DaySpans apply_overrides(const DaySpans& weekly, std::span<const DayOverride> overrides);

}  // namespace scheduling
