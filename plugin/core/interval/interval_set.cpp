#include "plugin/core/interval/interval_set.hpp"

#include <algorithm>

namespace scheduling {
namespace {

bool starts_before(const TimeRange& a, const TimeRange& b) {
  return a.start() < b.start();
}

}  // namespace

IntervalSet::IntervalSet(std::vector<TimeRange> ranges) : ranges_(std::move(ranges)) {
  if (!std::is_sorted(ranges_.begin(), ranges_.end(), starts_before)) {
    std::sort(ranges_.begin(), ranges_.end(), starts_before);
  }
  join();
}

IntervalSet IntervalSet::of_joined(std::vector<TimeRange> ranges) {
  assert(std::adjacent_find(ranges.begin(), ranges.end(),
                            [](TimeRange a, TimeRange b) { return a.end() >= b.start(); }) == ranges.end());
  IntervalSet set;
  set.ranges_ = std::move(ranges);
  return set;
}

void IntervalSet::join() {
  if (ranges_.empty()) return;
  std::size_t kept = 0;
  for (std::size_t i = 1; i < ranges_.size(); ++i) {
    TimeRange& last = ranges_[kept];
    if (ranges_[i].start() <= last.end()) {
      last = TimeRange{last.start(), std::max(last.end(), ranges_[i].end())};
    } else {
      ranges_[++kept] = ranges_[i];
    }
  }
  ranges_.erase(ranges_.begin() + static_cast<std::ptrdiff_t>(kept) + 1, ranges_.end());
}

bool IntervalSet::contains(Instant instant) const {
  return contains(TimeRange{instant, instant + std::chrono::seconds{1}});
}

bool IntervalSet::contains(TimeRange range) const {
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), range, starts_before);
  return after != ranges_.begin() && std::prev(after)->contains(range);
}

bool IntervalSet::overlaps(TimeRange range) const {
  const auto first = std::lower_bound(ranges_.begin(), ranges_.end(), range.start(),
                                      [](const TimeRange& r, Instant start) { return r.end() <= start; });
  return first != ranges_.end() && first->overlaps(range);
}

IntervalSet IntervalSet::unite(const IntervalSet& other) const {
  IntervalSet result;
  result.ranges_.reserve(ranges_.size() + other.ranges_.size());
  std::merge(ranges_.begin(), ranges_.end(), other.ranges_.begin(), other.ranges_.end(),
             std::back_inserter(result.ranges_), starts_before);
  result.join();
  return result;
}

IntervalSet IntervalSet::intersect(const IntervalSet& other) const {
  IntervalSet result;
  auto a = ranges_.begin();
  auto b = other.ranges_.begin();
  while (a != ranges_.end() && b != other.ranges_.end()) {
    const auto both = TimeRange::make(std::max(a->start(), b->start()), std::min(a->end(), b->end()));
    if (both) result.ranges_.push_back(*both);
    if (a->end() < b->end()) {
      ++a;
    } else {
      ++b;
    }
  }
  return result;
}

IntervalSet IntervalSet::subtract(const IntervalSet& other) const {
  IntervalSet result;
  auto hole = other.ranges_.begin();
  for (const TimeRange& range : ranges_) {
    Instant start = range.start();
    while (hole != other.ranges_.end() && hole->end() <= start) ++hole;
    for (auto next = hole; next != other.ranges_.end() && next->start() < range.end(); ++next) {
      if (const auto left = TimeRange::make(start, next->start())) result.ranges_.push_back(*left);
      start = next->end();
    }
    if (const auto left = TimeRange::make(start, range.end())) result.ranges_.push_back(*left);
  }
  return result;
}

IntervalSet IntervalSet::widen(std::chrono::seconds before, std::chrono::seconds after) const {
  assert(before.count() >= 0 && after.count() >= 0);
  IntervalSet result;
  result.ranges_.reserve(ranges_.size());
  for (const TimeRange& range : ranges_) result.ranges_.emplace_back(range.start() - before, range.end() + after);
  result.join();
  return result;
}

IntervalSet IntervalSet::clip(TimeRange window) const {
  return intersect(IntervalSet{window});
}

}  // namespace scheduling
