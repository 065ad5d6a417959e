#include "tests/oracle/oracle.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/oracle/random_case.hpp"

namespace scheduling::testing {
namespace {

constexpr unsigned k_first_seed = 20'250'309;
constexpr unsigned k_cases = 5000;

std::vector<oracle::Minute> listed_minutes(const RandomCase& c) {
  std::vector<oracle::Minute> minutes;
  for (const TimeRange& slot : offered_starts(c.offer, {instant_of(c.from), instant_of(c.until)})) {
    EXPECT_EQ(slot.length(), c.offer.rules.duration);
    minutes.push_back(std::chrono::duration_cast<std::chrono::minutes>(slot.start().time_since_epoch()).count());
  }
  return minutes;
}

// EVIDENCE: B-1.3, B-2.1, B-2.2, B-2.3, B-2.4, B-3.1, B-3.2, B-3.4, B-4.1, B-4.3, B-5.1, B-5.2, B-6.1
TEST(Oracle, ListsWhatTheSlowWayLists) {
  std::size_t slots = 0;
  std::size_t with_slots = 0;
  for (unsigned seed = k_first_seed; seed < k_first_seed + k_cases; ++seed) {
    std::mt19937 random(seed);
    const RandomCase c = make_case(random);
    const auto found = listed_minutes(c);
    ASSERT_EQ(found, oracle::starts(c.question, c.from, c.until)) << "seed " << seed << " " << c.zone;
    slots += found.size();
    with_slots += !found.empty();
  }
  // Random schedules that offer nothing would agree too easily.
  EXPECT_GT(with_slots, k_cases / 4);
  EXPECT_GT(slots, k_cases * 5u);
}

// EVIDENCE: B-3.1, B-12.1
TEST(Oracle, JudgingAcceptsExactlyWhatIsListed) {
  for (unsigned seed = k_first_seed; seed < k_first_seed + 400; ++seed) {
    std::mt19937 random(seed);
    const RandomCase c = make_case(random);
    const auto found = listed_minutes(c);
    for (oracle::Minute minute = c.from; minute < c.until; minute += 5) {
      const bool is_listed = std::binary_search(found.begin(), found.end(), minute);
      const auto refusal = judge(c.offer, instant_of(minute));
      ASSERT_EQ(!refusal, is_listed) << "seed " << seed << " " << format_instant(instant_of(minute));
    }
    for (const oracle::Minute minute : found) {
      ASSERT_FALSE(judge(c.offer, instant_of(minute))) << "seed " << seed;
      ASSERT_TRUE(judge(c.offer, instant_of(minute) + std::chrono::seconds{1})) << "seed " << seed;
    }
  }
}

TEST(Oracle, AnotherWindowListsTheSameStarts) {
  for (unsigned seed = k_first_seed; seed < k_first_seed + 400; ++seed) {
    std::mt19937 random(seed);
    const RandomCase c = make_case(random);
    const auto whole = listed_minutes(c);
    const oracle::Minute middle = c.from + (c.until - c.from) / 2;
    if (middle == c.from) continue;
    RandomCase first = c;
    first.until = middle;
    RandomCase last = c;
    last.from = middle;
    auto halves = listed_minutes(first);
    const auto second = listed_minutes(last);
    halves.insert(halves.end(), second.begin(), second.end());
    ASSERT_EQ(halves, whole) << "seed " << seed;
  }
}

TEST(Oracle, AWeekLaterUnderAConstantOffsetIsTheSameWeek) {
  unsigned compared = 0;
  for (unsigned seed = k_first_seed; seed < k_first_seed + 1500; ++seed) {
    std::mt19937 random(seed);
    RandomCase c = make_case(random);
    if (c.zone != "UTC" && c.zone != "Asia/Kathmandu") continue;
    const auto before = listed_minutes(c);
    constexpr oracle::Minute k_week = 7 * 1440;
    const std::chrono::days week{7};
    c.from += k_week;
    c.until += k_week;
    c.offer.now += week;
    for (auto& each : c.offer.host.overrides) each.date = each.date.plus(week);
    for (auto& each : c.offer.meetings) each.time = {each.time.start() + week, each.time.end() + week};
    for (auto& each : c.offer.external_busy) each = {each.start() + week, each.end() + week};
    if (c.offer.rules.bookable_from) c.offer.rules.bookable_from = c.offer.rules.bookable_from->plus(week);
    if (c.offer.rules.bookable_until) c.offer.rules.bookable_until = c.offer.rules.bookable_until->plus(week);
    auto after = listed_minutes(c);
    for (oracle::Minute& minute : after) minute -= k_week;
    ASSERT_EQ(after, before) << "seed " << seed;
    ++compared;
  }
  EXPECT_GT(compared, 100u);
}

}  // namespace
}  // namespace scheduling::testing
