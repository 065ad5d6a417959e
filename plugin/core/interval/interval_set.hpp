#pragma once
/// Sorted, disjoint, non-touching ranges in one contiguous block, and their algebra.
///
/// Bounds: half-open everywhere. Ranges that touch are one range.
/// Purity: values; every operation returns a new set.
#include <chrono>
#include <initializer_list>
#include <span>
#include <vector>

#include "plugin/core/interval/time_range.hpp"

namespace scheduling {

class IntervalSet {
 public:
  IntervalSet() = default;
  IntervalSet(std::initializer_list<TimeRange> ranges) : IntervalSet(std::vector<TimeRange>(ranges)) {}
  /// Any order, overlaps allowed. Cost: O(n) when already sorted by start, else O(n log n).
  explicit IntervalSet(std::vector<TimeRange> ranges);
  /// The caller has sorted and joined them; asserted.
  static IntervalSet of_joined(std::vector<TimeRange> ranges);

  bool empty() const { return ranges_.empty(); }
  std::span<const TimeRange> ranges() const { return ranges_; }
  bool contains(Instant instant) const;
  /// True when one single range of the set holds all of `range`.
  bool contains(TimeRange range) const;
  bool overlaps(TimeRange range) const;

  IntervalSet unite(const IntervalSet& other) const;
  IntervalSet intersect(const IntervalSet& other) const;
  IntervalSet subtract(const IntervalSet& other) const;
  /// Each range grows at both ends; both amounts must be >= 0. Ranges that then meet are joined.
  IntervalSet widen(std::chrono::seconds before, std::chrono::seconds after) const;
  IntervalSet clip(TimeRange window) const;

  friend bool operator==(const IntervalSet&, const IntervalSet&) = default;

 private:
  void join();  ///< merges neighbours of a vector sorted by start
  std::vector<TimeRange> ranges_;
};

}  // namespace scheduling
