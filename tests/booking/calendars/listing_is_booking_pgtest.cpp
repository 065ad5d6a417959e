// As long as nothing changes, every listed start books and every other is refused, by the rule that explains it.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <set>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

using std::chrono::minutes;

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  std::int64_t below(int count) { return static_cast<std::int64_t>(random_() % static_cast<unsigned>(count)); }
  std::int64_t one_of(std::initializer_list<int> values) {
    return values.begin()[below(static_cast<int>(values.size()))];
  }
  bool one_in(int count) { return below(count) == 0; }

 private:
  std::mt19937 random_;
};

std::string clock_text(std::int64_t quarter) {
  return LocalTime::make(minutes{15 * quarter})->text();
}

AvailabilityPatch random_hours(Dice& dice) {
  AvailabilityPatch patch;
  std::vector<WeeklyRuleDraft> rules;
  for (std::int64_t day = 0; day < 7; ++day)
    for (std::int64_t i = dice.below(3); i >= 0; --i) {
      const std::int64_t start = dice.below(80);
      rules.push_back({day, clock_text(start), clock_text(std::min<std::int64_t>(96, start + 4 + dice.below(40))),
                       !dice.one_in(5)});
    }
  patch.rules = std::move(rules);
  patch.week_start = dice.one_of({0, 1});
  patch.minimum_notice_minutes = dice.one_of({0, 90, 1440});
  patch.max_days_in_advance = dice.one_of({3, 30, 30});
  if (dice.one_in(3)) patch.daily_limit = 3;
  if (dice.one_in(3)) patch.weekly_limit = 5;
  return patch;
}

MeetingTypePatch random_type(Dice& dice) {
  MeetingTypePatch patch;
  patch.duration_minutes = dice.one_of({15, 30, 45, 90});
  patch.settings.slot_interval_minutes = dice.one_of({15, 20, 45, 60});
  patch.settings.align = dice.one_in(2) ? "clock" : "start";
  patch.settings.buffer_before_minutes = dice.one_of({0, 10});
  patch.settings.buffer_after_minutes = dice.one_of({0, 25});
  if (dice.one_in(4)) patch.settings.daily_limit = 2;
  if (dice.one_in(3)) patch.settings.available_days = std::vector<std::int64_t>{0, 1, 6};
  return patch;
}

struct ListingIsBooking : testing::TestWithParam<unsigned> {
  BookingWorld world;

  MeetingType type() { return world.wiring().scheduling.get_type(world.rep(), world.call()).value(); }
  std::set<Instant> listed(TimeRange window) {
    std::set<Instant> starts;
    const auto slots = world.wiring().availability.slots(type(), world.rep().id, window);
    for (const TimeRange& slot : slots.value()) starts.insert(slot.start());
    return starts;
  }
  void fill_calendar(const std::set<Instant>& free, Dice& dice) {
    for (const Instant start : free)
      if (dice.one_in(20)) world.booking().book(BookingWorld::request(format_instant(start), "busy@prospect.test"));
  }
  /// "booked", or the rule's name and whether its code is the one that a booking must answer.
  std::string outcome_of(Instant start) {
    BookingResult answer = world.booking().book(BookingWorld::request(format_instant(start)));
    if (!answer.booking) return answer.refusal.detail + " " + std::string(name_of(answer.refusal.code));
    const MeetingId id = answer.booking->details.meeting.id;
    EXPECT_TRUE(world.booking().cancel(world.rep(), id, std::nullopt, "test"));
    return "booked";
  }
  std::string explained(Instant start) {
    const auto rule = world.wiring().availability.explain(type(), world.rep().id, start).value().why.rule;
    return rule ? std::string(name_of(*rule)) + " " + std::string(name_of(code_of(*rule))) : "booked";
  }
};

// EVIDENCE: B-3.1, B-7.3, B-12.1
TEST_P(ListingIsBooking, EveryListedStartBooksAndEveryOtherIsRefusedByTheRuleThatExplainsIt) {
  Dice dice(GetParam());
  world.set_now("2025-03-07T13:07:00Z");
  ASSERT_TRUE(world.wiring().availability.save(world.rep(), random_hours(dice)));
  ASSERT_TRUE(
      world.wiring().availability.add_override(world.rep(), {"2025-03-09", true, "01:00", "05:00", "half a night"}));
  world.change_type(world.call(), [&](MeetingTypePatch& patch) { patch = random_type(dice); });
  // The clock goes forward on 9 March at 7:00 UTC.
  const TimeRange window(*parse_instant("2025-03-08T20:00:00Z"), *parse_instant("2025-03-10T22:00:00Z"));
  fill_calendar(listed(window), dice);
  const std::set<Instant> free = listed(window);
  std::set<Instant> asked = free;
  for (Instant start = window.start(); start < window.end(); start += minutes{dice.one_of({15, 30, 50})})
    asked.insert(start);
  for (const Instant start : asked) {
    const std::string explanation = explained(start);
    ASSERT_EQ(explanation == "booked", free.contains(start)) << format_instant(start) << " " << explanation;
    ASSERT_EQ(outcome_of(start), explanation) << format_instant(start);
  }
  EXPECT_FALSE(free.empty());
  EXPECT_EQ(listed(window), free) << "what was booked and cancelled left nothing behind";
}

INSTANTIATE_TEST_SUITE_P(Seeds, ListingIsBooking, testing::Values(1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U));

}  // namespace
}  // namespace scheduling::test
