#pragma once
/// Stretches of one local day.
#include <span>
#include <vector>

#include "plugin/core/time/local_time.hpp"

namespace scheduling {

/// Half-open, start < end; never crosses midnight.
struct LocalSpan {
  LocalTime start;
  LocalTime end;
  friend auto operator<=>(const LocalSpan&, const LocalSpan&) = default;
};

/// Sorted, disjoint, non-touching.
using DaySpans = std::vector<LocalSpan>;

DaySpans unite(DaySpans spans);  ///< any order in, normal form out
DaySpans subtract(const DaySpans& spans, const DaySpans& blocked);
DaySpans intersect(const DaySpans& a, const DaySpans& b);

}  // namespace scheduling
