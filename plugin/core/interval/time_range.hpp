#pragma once
/// A half-open stretch of time, [start, end), never empty and never inverted.
#include <cassert>
#include <compare>
#include <optional>

#include "plugin/core/time/instant.hpp"

namespace scheduling {

class TimeRange {
 public:
  /// The caller knows that start < end; asserted. Use make() for values from outside.
  constexpr TimeRange(Instant start, Instant end) : start_(start), end_(end) { assert(start < end); }
  static constexpr std::optional<TimeRange> make(Instant start, Instant end) {
    if (!(start < end)) return std::nullopt;
    return TimeRange{start, end};
  }

  constexpr Instant start() const { return start_; }
  constexpr Instant end() const { return end_; }
  constexpr std::chrono::seconds length() const { return end_ - start_; }
  constexpr bool contains(Instant instant) const { return start_ <= instant && instant < end_; }
  constexpr bool contains(TimeRange other) const { return start_ <= other.start_ && other.end_ <= end_; }
  constexpr bool overlaps(TimeRange other) const { return start_ < other.end_ && other.start_ < end_; }

  friend constexpr auto operator<=>(const TimeRange&, const TimeRange&) = default;

 private:
  Instant start_;
  Instant end_;
};

}  // namespace scheduling
