#include "plugin/core/schedule/local_span.hpp"

#include <algorithm>

namespace scheduling {

DaySpans unite(DaySpans spans) {
  std::sort(spans.begin(), spans.end());
  DaySpans result;
  for (const LocalSpan& span : spans) {
    if (!result.empty() && span.start <= result.back().end) {
      result.back().end = std::max(result.back().end, span.end);
    } else {
      result.push_back(span);
    }
  }
  return result;
}

DaySpans subtract(const DaySpans& spans, const DaySpans& blocked) {
  DaySpans result;
  for (const LocalSpan& span : spans) {
    LocalTime start = span.start;
    for (const LocalSpan& hole : blocked) {
      if (hole.end <= start || hole.start >= span.end) continue;
      if (start < hole.start) result.push_back({start, hole.start});
      start = hole.end;
    }
    if (start < span.end) result.push_back({start, span.end});
  }
  return result;
}

DaySpans intersect(const DaySpans& a, const DaySpans& b) {
  DaySpans result;
  for (const LocalSpan& x : a) {
    for (const LocalSpan& y : b) {
      const LocalSpan both{std::max(x.start, y.start), std::min(x.end, y.end)};
      if (both.start < both.end) result.push_back(both);
    }
  }
  return result;
}

}  // namespace scheduling
