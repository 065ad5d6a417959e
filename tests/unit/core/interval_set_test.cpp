#include "plugin/core/interval/interval_set.hpp"

#include <gtest/gtest.h>

#include <bitset>
#include <random>

namespace scheduling::testing {
namespace {

Instant second(int value) {
  return Instant{std::chrono::seconds{value}};
}
TimeRange range_of(int start, int end) {
  return {second(start), second(end)};
}

constexpr std::size_t k_points = 64;
using Points = std::bitset<k_points>;

/// The same set as plain points, which needs no algebra.
Points points_of(const IntervalSet& set) {
  Points points;
  for (const TimeRange& range : set.ranges()) {
    for (auto at = range.start(); at < range.end(); at += std::chrono::seconds{1}) {
      const auto index = at.time_since_epoch().count();
      if (index >= 0 && index < static_cast<std::int64_t>(k_points)) points.set(static_cast<std::size_t>(index));
    }
  }
  return points;
}

bool is_normal(const IntervalSet& set) {
  const auto ranges = set.ranges();
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i - 1].end() >= ranges[i].start()) return false;
  }
  return true;
}

IntervalSet random_set(std::mt19937& random) {
  std::vector<TimeRange> ranges;
  const auto count = random() % 8;
  for (unsigned i = 0; i < count; ++i) {
    const int start = static_cast<int>(random() % (k_points - 1));
    ranges.push_back(
        range_of(start, start + 1 + static_cast<int>(random() % (k_points - static_cast<unsigned>(start)))));
  }
  return IntervalSet{ranges};
}

TEST(IntervalSets, TouchingRangesAreOne) {
  const IntervalSet set{range_of(5, 8), range_of(1, 3), range_of(3, 5)};
  ASSERT_EQ(set.ranges().size(), 1u);
  EXPECT_EQ(set.ranges()[0], range_of(1, 8));
  EXPECT_TRUE(set.contains(second(7)));
  EXPECT_FALSE(set.contains(second(8)));
}

TEST(IntervalSets, AlgebraAgreesWithPlainPoints) {
  constexpr unsigned k_seed = 20250115;
  std::mt19937 random(k_seed);
  for (int round = 0; round < 3000; ++round) {
    const IntervalSet a = random_set(random);
    const IntervalSet b = random_set(random);
    const Points pa = points_of(a);
    const Points pb = points_of(b);
    ASSERT_EQ(points_of(a.unite(b)), pa | pb) << "seed " << k_seed << " round " << round;
    ASSERT_EQ(points_of(a.intersect(b)), pa & pb) << "seed " << k_seed << " round " << round;
    ASSERT_EQ(points_of(a.subtract(b)), pa & ~pb) << "seed " << k_seed << " round " << round;
    ASSERT_EQ(a.subtract(b).unite(a.intersect(b)), a) << "seed " << k_seed << " round " << round;
    ASSERT_EQ(points_of(a.widen(std::chrono::seconds{2}, std::chrono::seconds{1})), pa | pa >> 1 | pa >> 2 | pa << 1);
    ASSERT_TRUE(is_normal(a.unite(b)) && is_normal(a.intersect(b)) && is_normal(a.subtract(b)));
  }
}

TEST(IntervalSets, QuestionsAgreeWithPlainPoints) {
  constexpr unsigned k_seed = 7;
  std::mt19937 random(k_seed);
  for (int round = 0; round < 3000; ++round) {
    const IntervalSet set = random_set(random);
    const int start = static_cast<int>(random() % (k_points - 1));
    const TimeRange asked =
        range_of(start, start + 1 + static_cast<int>(random() % (k_points - static_cast<unsigned>(start))));
    const Points asked_points = points_of(IntervalSet{asked});
    const Points common = points_of(set) & asked_points;
    ASSERT_EQ(set.overlaps(asked), common.any()) << "seed " << k_seed << " round " << round;
    ASSERT_EQ(set.contains(asked), common == asked_points) << "seed " << k_seed << " round " << round;
    ASSERT_EQ(points_of(set.clip(asked)), common) << "seed " << k_seed << " round " << round;
  }
}

}  // namespace
}  // namespace scheduling::testing
