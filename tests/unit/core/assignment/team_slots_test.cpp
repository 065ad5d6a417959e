#include "plugin/core/assignment/team_slots.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

const TimeRange k_day = range("2025-01-15T00:00:00Z", "2025-01-16T00:00:00Z");

std::string team(const std::vector<SlotContext>& members, TeamMode mode, TimeRange window = k_day) {
  std::string text;
  for (const TimeRange& slot : team_starts(members, mode, window))
    text += (text.empty() ? "" : " ") + format_instant(slot.start()).substr(11, 5);
  return text;
}

TEST(TeamSlots, AreTheUnionForRoundRobinAndTheIntersectionForCollective) {
  SlotContextDraft early = context_in("UTC", {hours("09:00", "12:00")});
  SlotContextDraft late = context_in("UTC", {hours("11:00", "14:00")});
  EXPECT_EQ(team({early, late}, TeamMode::any), "09:00 10:00 11:00 12:00 13:00");
  EXPECT_EQ(team({early, late}, TeamMode::all), "11:00");
  late.meetings.push_back(booked(1, "2025-01-15T11:00:00Z", "2025-01-15T11:30:00Z"));
  EXPECT_EQ(team({early, late}, TeamMode::any), "09:00 10:00 11:00 12:00 13:00") << "the other one is still free";
  EXPECT_EQ(team({early, late}, TeamMode::all), "");
}

TEST(TeamSlots, EachMemberKeepsTheirOwnZone) {
  const SlotContextDraft berlin = context_in("Europe/Berlin", {hours("09:00", "17:00")});
  const SlotContextDraft new_york = context_in("America/New_York", {hours("09:00", "17:00")});
  EXPECT_EQ(team({berlin, new_york}, TeamMode::all), "14:00 15:00");
}

TEST(TeamSlots, OfOneAreTheirOwnAndOfNobodyNone) {
  const SlotContextDraft one = context_in("UTC", {hours("09:00", "11:00")});
  const SlotContextDraft never = context_in("UTC", {});
  EXPECT_EQ(team({one}, TeamMode::any), "09:00 10:00");
  EXPECT_EQ(team({one}, TeamMode::all), "09:00 10:00");
  EXPECT_EQ(team({}, TeamMode::any), "");
  EXPECT_EQ(team({}, TeamMode::all), "");
  EXPECT_EQ(team({one, never}, TeamMode::any), "09:00 10:00");
  EXPECT_EQ(team({one, never}, TeamMode::all), "");
  EXPECT_FALSE(team_accepts({}, TeamMode::all, k_day.start()));
  EXPECT_FALSE(team_accepts({}, TeamMode::any, k_day.start()));
}

// EVIDENCE: B-3.1
TEST(TeamSlots, AcceptingIsListing) {
  SlotContextDraft a = context_in("UTC", {hours("09:00", "13:00")});
  a.rules.interval = std::chrono::minutes{30};
  a.meetings.push_back(booked(1, "2025-01-15T10:00:00Z", "2025-01-15T10:30:00Z"));
  SlotContextDraft b = context_in("Asia/Kathmandu", {hours("14:45", "20:00")});
  b.external_busy.push_back(range("2025-01-15T11:00:00Z", "2025-01-15T11:10:00Z"));
  const std::vector<SlotContext> members{a, b};
  for (const TeamMode mode : {TeamMode::any, TeamMode::all}) {
    const auto listed_starts = team_starts(members, mode, k_day);
    EXPECT_FALSE(listed_starts.empty());
    for (Instant start = k_day.start(); start < k_day.end(); start += std::chrono::minutes{5}) {
      const bool is_listed = std::ranges::find(listed_starts, start, &TimeRange::start) != listed_starts.end();
      EXPECT_EQ(team_accepts(members, mode, start), is_listed) << format_instant(start);
    }
  }
}

}  // namespace
}  // namespace scheduling::testing
