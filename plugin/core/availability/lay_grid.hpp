#pragma once
/// Where meetings may begin inside one open span, before anything is taken out (B-3).
#include "plugin/core/availability/open_time.hpp"

namespace scheduling {

/// The grid's first start at or after the span's own. `Align::clock` moves it up to the next multiple of the
/// interval since midnight on the host's wall clock; further starts follow in elapsed time.
Instant first_start(const OpenSpan& span, const SchedulingRules& rules, const ZoneRules& zone);

/// The first start of that grid that is not before `from`.
inline Instant start_not_before(Instant first, std::chrono::minutes interval, Instant from) {
  if (first >= from) return first;
  const std::chrono::seconds step = interval;
  const auto steps = (from - first + step - std::chrono::seconds{1}) / step;
  return first + steps * step;
}

}  // namespace scheduling
