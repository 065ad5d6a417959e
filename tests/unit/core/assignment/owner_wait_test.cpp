#include "plugin/core/assignment/owner_wait.hpp"

#include <gtest/gtest.h>

#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

/// Open Monday to Friday, 9 to 12 in New York; now: Wednesday, 14 January 2026, 8:00 there.
SlotContextDraft owner() {
  SlotContextDraft context = context_in("America/New_York", {});
  std::vector<WeeklyRule> rules;
  for (unsigned weekday = 1; weekday <= 5; ++weekday)
    rules.push_back({std::chrono::weekday{weekday}, hours("09:00", "12:00"), true});
  context.host.hours = WeeklyHours{rules};
  context.now = at("2026-01-14T13:00:00Z");
  return context;
}
std::string end_of(const SlotContext& context, int days) {
  return format_instant(wait_window(context, days).end());
}

// EVIDENCE: B-10.3
TEST(OwnerWait, CountsDaysWithOpenHoursTodayAmongThem) {
  EXPECT_EQ(end_of(owner(), 1), "2026-01-15T05:00:00Z") << "today";
  EXPECT_EQ(end_of(owner(), 3), "2026-01-17T05:00:00Z") << "Friday";
  EXPECT_EQ(end_of(owner(), 4), "2026-01-20T05:00:00Z") << "Monday";
  SlotContextDraft evening = owner();
  evening.now = at("2026-01-14T17:00:00Z");
  EXPECT_EQ(end_of(evening, 1), "2026-01-16T05:00:00Z") << "today is over";
}

TEST(OwnerWait, TakesOverridesForHoursAndLeavesTheTypesNarrowingAside) {
  SlotContextDraft narrowed = owner();
  narrowed.rules.days = std::bitset<7>{0b000'0010};  // Mondays
  EXPECT_EQ(end_of(narrowed, 3), "2026-01-17T05:00:00Z");
  EXPECT_FALSE(has_start_soon(narrowed, 3));
  EXPECT_TRUE(has_start_soon(narrowed, 4));
  SlotContextDraft closed = owner();
  closed.host.overrides.push_back({{}, day("2026-01-15"), false, std::nullopt, std::nullopt});
  EXPECT_EQ(end_of(closed, 2), "2026-01-17T05:00:00Z");
}

TEST(OwnerWait, LooksForAStartThatCanBeBooked) {
  SlotContextDraft busy = owner();
  busy.meetings.push_back(booked(1, "2026-01-14T14:00:00Z", "2026-01-14T17:00:00Z"));
  EXPECT_FALSE(has_start_soon(busy, 1));
  EXPECT_TRUE(has_start_soon(busy, 2));
  busy.rules.notice_min = std::chrono::hours{48};
  EXPECT_FALSE(has_start_soon(busy, 2));
  EXPECT_TRUE(has_start_soon(busy, 3));
}

TEST(OwnerWait, EndsWhereTheTypeCanBeBookedNoMore) {
  SlotContextDraft short_horizon = owner();
  short_horizon.rules.advance_max = std::chrono::days{1};
  EXPECT_EQ(end_of(short_horizon, 30), "2026-01-16T05:00:00Z");
  const SlotContextDraft never = context_in("UTC", {});
  EXPECT_FALSE(has_start_soon(never, 5)) << "somebody without hours is waited for by nobody";
}

}  // namespace
}  // namespace scheduling::testing
