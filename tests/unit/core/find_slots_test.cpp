#include "plugin/core/availability/find_slots.hpp"

#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

using std::chrono::days;
using std::chrono::minutes;

WeeklyHours weekly(std::vector<WeeklyRule> rules) {
  return WeeklyHours{std::move(rules)};
}

// EVIDENCE: B-3.1, B-3.3
TEST(Grid, IsLaidBeforeBusyTimeIsTakenOut) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "13:00")});
  context.meetings = {booked(7, "2025-01-15T09:20:00Z", "2025-01-15T09:40:00Z")};
  EXPECT_EQ(listed(context, "2025-01-15"), "10:00 11:00 12:00");
}

// EVIDENCE: B-3.1
TEST(Grid, TheNoticeCutsButNeverShifts) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "13:00")});
  context.now = at("2025-01-15T09:10:00Z");
  EXPECT_EQ(listed(context, "2025-01-15"), "10:00 11:00 12:00");
}

// EVIDENCE: B-3.1
TEST(Grid, TheWindowNeverShiftsIt) {
  const SlotContextDraft context = context_in("UTC", {hours("09:00", "13:00")});
  const auto found = find_slots(context, range("2025-01-15T09:30:00Z", "2025-01-15T11:30:00Z"));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0], range("2025-01-15T10:00:00Z", "2025-01-15T11:00:00Z"));
  EXPECT_EQ(found[1], range("2025-01-15T11:00:00Z", "2025-01-15T12:00:00Z"));
}

// EVIDENCE: B-3.1
TEST(Grid, StartsAnewAtEachLocalMidnight) {
  SlotContextDraft context = context_in("UTC", {hours("00:00", "24:00")});
  context.rules.duration = context.rules.interval = minutes{450};
  EXPECT_EQ(listed(context, "2025-01-15", "2025-01-16"),
            "2025-01-15T00:00 2025-01-15T07:30 2025-01-15T15:00 2025-01-15T22:30 "
            "2025-01-16T00:00 2025-01-16T07:30 2025-01-16T15:00 2025-01-16T22:30");
}

// EVIDENCE: B-2.3
TEST(Grid, AMeetingMayRunOverMidnightWhereHoursTouch) {
  SlotContextDraft context = context_in("UTC", {});
  context.host.hours = weekly({{std::chrono::Wednesday, hours("22:30", "24:00"), true},
                               {std::chrono::Thursday, hours("00:00", "02:00"), true}});
  EXPECT_EQ(listed(context, "2025-01-15", "2025-01-16"),
            "2025-01-15T22:30 2025-01-15T23:30 2025-01-16T00:00 2025-01-16T01:00");
  context.host.hours = weekly({{std::chrono::Wednesday, hours("22:30", "24:00"), true},
                               {std::chrono::Thursday, hours("00:15", "02:00"), true}});
  EXPECT_EQ(listed(context, "2025-01-15", "2025-01-16"), "2025-01-15T22:30 2025-01-16T00:15");
}

// EVIDENCE: B-3.2
TEST(Grid, ClockAlignmentSnapsUpToTheHostsWallClock) {
  SlotContextDraft context = context_in("Asia/Kathmandu", {hours("09:10", "12:00")});
  context.rules.duration = context.rules.interval = minutes{30};
  EXPECT_EQ(listed(context, "2025-01-15"), "09:10 09:40 10:10 10:40 11:10");
  context.rules.align = Align::clock;
  EXPECT_EQ(listed(context, "2025-01-15"), "09:30 10:00 10:30 11:00 11:30");
  context.rules.interval = minutes{45};
  EXPECT_EQ(listed(context, "2025-01-15"), "09:45 10:30 11:15");
}

// EVIDENCE: B-3.2
TEST(Grid, ClockAlignmentLooksAgainWhereTheClockJumps) {
  // 02:10 does not exist: the span begins at 03:00 EDT, which is a multiple already.
  SlotContextDraft spring = context_in("America/New_York", {hours("02:10", "05:00")});
  spring.rules.align = Align::clock;
  EXPECT_EQ(listed(spring, "2025-03-09"), "03:00 04:00");
  // 02:15 is skipped; 03:00, where the clock goes on, is a multiple of 45 minutes, 03:15 is not.
  SlotContextDraft odd = context_in("America/New_York", {hours("01:50", "05:00")});
  odd.rules.duration = odd.rules.interval = minutes{45};
  odd.rules.align = Align::clock;
  EXPECT_EQ(listed(odd, "2025-03-09"), "03:00 03:45");
  // Twenty minutes after 01:40 the clock falls back by half an hour, to 01:30: the hour is full at 02:00.
  SlotContextDraft half = context_in("Australia/Lord_Howe", {hours("01:40", "04:00")});
  half.rules.align = Align::clock;
  EXPECT_EQ(listed(half, "2025-04-06"), "02:00 03:00");
  // From 01:50 EDT the next full hour on the wall is 01:00 EST.
  SlotContextDraft autumn = context_in("America/New_York", {hours("01:50", "04:00")});
  autumn.rules.align = Align::clock;
  EXPECT_EQ(verdict(autumn, "2025-11-02T06:00:00Z"), "offered");
  EXPECT_EQ(listed(autumn, "2025-11-02"), "01:00 02:00 03:00");
}

// EVIDENCE: B-3.4
TEST(Grid, TheWholeMeetingMustFitIntoOneOpenInterval) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "10:30"), hours("10:45", "11:30")});
  context.rules.interval = minutes{30};
  EXPECT_EQ(listed(context, "2025-01-15"), "09:00 09:30");
  EXPECT_EQ(verdict(context, "2025-01-15T10:00:00Z"), "outside_hours");
  EXPECT_EQ(verdict(context, "2025-01-15T09:15:00Z"), "off_grid");
}

DayOverride overridden(std::string_view date, bool is_available, std::optional<LocalSpan> span) {
  return {OverrideId{1}, day(date), is_available, span, std::nullopt};
}

// EVIDENCE: B-2.3
TEST(OpenHours, WhatOnlyASkippedHourPartsIsOneInterval) {
  SlotContextDraft context = context_in("America/New_York", {hours("00:00", "02:00"), hours("03:00", "06:00")});
  context.rules.duration = context.rules.interval = minutes{90};
  // The clocks go from 02:00 to 03:00: 01:30 to 04:00 on the wall are ninety minutes.
  EXPECT_EQ(listed(context, "2025-03-09"), "00:00 01:30 04:00");
  EXPECT_EQ(listed(context, "2025-03-16"), "00:00 03:00 04:30");
  EXPECT_EQ(verdict(context, "2025-03-09T07:00:00Z"), "off_grid");
  // A break that ends within the skipped hour, and rows of an override, alike.
  context.host.hours = weekly(
      {{std::chrono::Sunday, hours("00:00", "06:00"), true}, {std::chrono::Sunday, hours("02:00", "02:45"), false}});
  EXPECT_EQ(listed(context, "2025-03-09"), "00:00 01:30 04:00");
  context.host.overrides = {overridden("2025-03-09", true, hours("01:00", "02:00")),
                            overridden("2025-03-09", true, hours("02:30", "05:00"))};
  EXPECT_EQ(listed(context, "2025-03-09"), "01:00 03:30");
  // Twice the same hour in autumn: what is shut between 01:00 and 02:00 is shut in both.
  context.host.overrides.clear();
  context.host.hours = weekly(
      {{std::chrono::Sunday, hours("00:00", "06:00"), true}, {std::chrono::Sunday, hours("01:00", "02:00"), false}});
  context.rules.duration = context.rules.interval = minutes{60};
  EXPECT_EQ(listed(context, "2025-11-02"), "00:00 02:00 03:00 04:00 05:00");
}

// EVIDENCE: B-2.1
TEST(OpenHours, UnionOfRulesMinusBlockedTimes) {
  SlotContextDraft context = context_in("UTC", {});
  context.host.hours = weekly({{std::chrono::Wednesday, hours("09:00", "12:00"), true},
                               {std::chrono::Wednesday, hours("11:00", "15:00"), true},
                               {std::chrono::Wednesday, hours("12:00", "13:00"), false}});
  EXPECT_EQ(listed(context, "2025-01-15"), "09:00 10:00 11:00 13:00 14:00");
  EXPECT_EQ(listed(context, "2025-01-16"), "");
}

// EVIDENCE: B-2.2
TEST(Overrides, AvailableRowsReplaceThenBlocksAreTakenOut) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "17:00")});
  context.host.overrides = {overridden("2025-01-15", false, hours("12:00", "13:00")),
                            overridden("2025-01-15", true, hours("18:00", "20:00")),
                            overridden("2025-01-15", true, hours("11:00", "14:00"))};
  EXPECT_EQ(listed(context, "2025-01-15"), "11:00 13:00 18:00 19:00");
  EXPECT_EQ(verdict(context, "2025-01-15T09:00:00Z"), "overridden");
  EXPECT_EQ(verdict(context, "2025-01-15T07:00:00Z"), "outside_hours");
}

// EVIDENCE: B-2.2
TEST(Overrides, ARowWithoutTimesClosesTheDay) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "11:00")});
  context.host.overrides = {overridden("2025-01-16", true, hours("14:00", "16:00")),
                            overridden("2025-01-15", true, hours("14:00", "16:00")),
                            overridden("2025-01-15", false, std::nullopt)};
  EXPECT_EQ(listed(context, "2025-01-15"), "");
  EXPECT_EQ(listed(context, "2025-01-16"), "14:00 15:00");
  EXPECT_EQ(listed(context, "2025-01-17"), "09:00 10:00");
}

// EVIDENCE: B-2.2
TEST(Overrides, TheDateIsTheHostsNotUtcs) {
  // Wednesday evening in Los Angeles is Thursday in UTC.
  SlotContextDraft context = context_in("America/Los_Angeles", {hours("18:00", "20:00")});
  context.host.overrides = {overridden("2025-01-16", false, std::nullopt)};
  EXPECT_EQ(verdict(context, "2025-01-16T02:00:00Z"), "offered");
  EXPECT_EQ(verdict(context, "2025-01-17T02:00:00Z"), "overridden");
}

// EVIDENCE: B-2.4
TEST(OpenHours, ATypeNarrowsButNeverWidens) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "12:00")});
  context.rules.hours = DaySpans{hours("10:30", "20:00")};
  context.rules.days.reset(4);  // Thursday
  EXPECT_EQ(listed(context, "2025-01-15"), "10:30");
  EXPECT_EQ(listed(context, "2025-01-16"), "");
  context.host.overrides = {overridden("2025-01-15", true, hours("11:00", "13:00"))};
  EXPECT_EQ(listed(context, "2025-01-15"), "11:00 12:00");
}

// EVIDENCE: B-5.1
TEST(Notice, EqualIsAllowed) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "12:00")});
  context.rules.notice_min = minutes{240};
  context.now = at("2025-01-15T06:00:00Z");
  EXPECT_EQ(verdict(context, "2025-01-15T10:00:00Z"), "offered");
  context.rules.duration = minutes{300};
  EXPECT_EQ(verdict(context, "2025-01-15T10:00:00Z"), "outside_hours") << "not too soon, so something else";
  context.rules.duration = minutes{60};
  context.now += std::chrono::seconds{1};
  EXPECT_EQ(verdict(context, "2025-01-15T10:00:00Z"), "notice");
  EXPECT_EQ(listed(context, "2025-01-15"), "11:00");
}

// EVIDENCE: B-5.2
TEST(Horizon, RunsThroughTheEndOfTheLastDayInTheHostsZone) {
  SlotContextDraft context = context_in("America/New_York", {hours("20:00", "24:00")});
  context.rules.advance_max = days{1};
  context.now = at("2025-01-16T03:00:00Z");                        // still the 15th in New York
  EXPECT_EQ(verdict(context, "2025-01-17T04:00:00Z"), "offered");  // the 16th, 23:00
  EXPECT_EQ(verdict(context, "2025-01-18T01:00:00Z"), "horizon");  // the 17th, 20:00
  context.rules.advance_max = days{0};
  EXPECT_EQ(verdict(context, "2025-01-16T04:00:00Z"), "offered");
  EXPECT_EQ(verdict(context, "2025-01-17T01:00:00Z"), "horizon");
  context.rules.advance_max.reset();
  EXPECT_EQ(verdict(context, "2035-01-17T01:00:00Z"), "offered");
}

// EVIDENCE: B-5.2
TEST(Range, BothDatesAreInclusiveInTheHostsZone) {
  SlotContextDraft context = context_in("America/New_York", {hours("22:00", "24:00")});
  context.rules.bookable_from = day("2025-01-15");
  context.rules.bookable_until = day("2025-01-16");
  EXPECT_EQ(listed(context, "2025-01-14", "2025-01-17"),
            "2025-01-15T22:00 2025-01-15T23:00 2025-01-16T22:00 2025-01-16T23:00");
  EXPECT_EQ(verdict(context, "2025-01-15T03:00:00Z"), "outside_range");
  EXPECT_EQ(verdict(context, "2025-01-18T03:00:00Z"), "outside_range");
}

// EVIDENCE: B-6.1
TEST(Limits, DayAndWeekBelongToTheHost) {
  SlotContextDraft context = context_in("America/New_York", {hours("09:00", "11:00"), hours("20:00", "24:00")});
  context.rules.daily_limit = 1;
  // Wednesday 23:00 in New York, Thursday in UTC.
  context.meetings = {booked(7, "2025-01-16T04:00:00Z", "2025-01-16T05:00:00Z")};
  EXPECT_EQ(listed(context, "2025-01-15"), "");
  EXPECT_EQ(verdict(context, "2025-01-15T14:00:00Z"), "daily_limit_type");
  EXPECT_EQ(verdict(context, "2025-01-16T14:00:00Z"), "offered");
}

// EVIDENCE: B-6.1
TEST(Limits, TheWeekBeginsWhereTheHostSays) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "10:00")});
  context.rules.weekly_limit = 1;
  context.meetings = {booked(7, "2025-01-15T09:00:00Z", "2025-01-15T10:00:00Z")};  // a Wednesday
  context.host.week_start = std::chrono::Monday;
  EXPECT_EQ(listed(context, "2025-01-11", "2025-01-20"), "2025-01-11T09:00 2025-01-12T09:00 2025-01-20T09:00");
  context.host.week_start = std::chrono::Sunday;
  EXPECT_EQ(listed(context, "2025-01-11", "2025-01-20"), "2025-01-11T09:00 2025-01-19T09:00 2025-01-20T09:00");
  EXPECT_EQ(verdict(context, "2025-01-13T09:00:00Z"), "weekly_limit_type");
}

// EVIDENCE: B-6.1
TEST(Limits, OfTheTypeCountTheTypeAndOfTheHostEverything) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "12:00")});
  context.meetings = {booked(7, "2025-01-15T09:00:00Z", "2025-01-15T10:00:00Z")};
  context.meetings[0].type = MeetingTypeId{2};
  context.rules.daily_limit = 1;
  EXPECT_EQ(verdict(context, "2025-01-15T10:00:00Z"), "offered");
  context.host.daily_limit = 1;
  EXPECT_EQ(verdict(context, "2025-01-15T10:00:00Z"), "daily_limit_host");
  context.host.daily_limit.reset();
  context.host.weekly_limit = 1;
  EXPECT_EQ(verdict(context, "2025-01-17T10:00:00Z"), "weekly_limit_host");
}

// EVIDENCE: B-6.1
TEST(Limits, CountWhatTookPlaceAndNotWhatWasCancelled) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "12:00")});
  context.rules.daily_limit = 1;
  context.meetings = {booked(7, "2025-01-15T09:00:00Z", "2025-01-15T10:00:00Z")};
  const std::vector<std::pair<MeetingStatus, std::string>> wanted = {
      {MeetingStatus::scheduled, "daily_limit_type"}, {MeetingStatus::pending, "daily_limit_type"},
      {MeetingStatus::completed, "daily_limit_type"}, {MeetingStatus::no_show, "daily_limit_type"},
      {MeetingStatus::cancelled, "offered"},          {MeetingStatus::rescheduled, "offered"}};
  for (const auto& [status, verdict_wanted] : wanted) {
    context.meetings[0].status = status;
    EXPECT_EQ(verdict(context, "2025-01-15T11:00:00Z"), verdict_wanted) << name_of(status);
  }
}

// EVIDENCE: B-6.1, B-1.3
TEST(Limits, ADayWithTwentyFiveHoursIsOneDay) {
  SlotContextDraft context = context_in("America/New_York", {hours("00:00", "24:00")});
  EXPECT_EQ(find_slots(context, *window_of_dates(*context.zone, day("2025-11-02"), day("2025-11-02"))).size(), 25u);
  context.rules.daily_limit = 1;
  context.meetings = {booked(7, "2025-11-02T05:00:00Z", "2025-11-02T06:00:00Z")};  // 01:00 EDT
  EXPECT_EQ(verdict(context, "2025-11-03T04:00:00Z"), "daily_limit_type");         // 23:00 EST
  EXPECT_EQ(verdict(context, "2025-11-03T05:00:00Z"), "offered");                  // midnight
}

// EVIDENCE: B-7.3
TEST(UnavailableReasons, HoursGridNoticeAndHorizonAreRulesTheRestIsTaken) {
  for (const UnavailableReason refusal :
       {UnavailableReason::notice, UnavailableReason::horizon, UnavailableReason::outside_range,
        UnavailableReason::outside_hours, UnavailableReason::overridden, UnavailableReason::off_grid}) {
    EXPECT_EQ(code_of(refusal), Code::outside_rules) << name_of(refusal);
  }
  for (const UnavailableReason refusal :
       {UnavailableReason::busy_meeting, UnavailableReason::busy_external, UnavailableReason::buffer,
        UnavailableReason::daily_limit_type, UnavailableReason::weekly_limit_type, UnavailableReason::daily_limit_host,
        UnavailableReason::weekly_limit_host}) {
    EXPECT_EQ(code_of(refusal), Code::slot_taken) << name_of(refusal);
  }
}

TEST(Alternatives, AreTheNearestFreeStartsInOrder) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "14:00")});
  context.meetings = {booked(7, "2025-01-15T11:00:00Z", "2025-01-15T12:00:00Z")};
  const TimeRange window = range("2025-01-10T00:00:00Z", "2025-01-20T00:00:00Z");
  const auto found = next_alternatives(context, window, at("2025-01-15T11:00:00Z"), 3);
  EXPECT_EQ(found,
            (std::vector<Instant>{at("2025-01-15T09:00:00Z"), at("2025-01-15T10:00:00Z"), at("2025-01-15T12:00:00Z")}));
  EXPECT_EQ(next_alternatives(context, window, at("1999-01-01T00:00:00Z"), 1),
            std::vector<Instant>{at("2025-01-10T09:00:00Z")});
  EXPECT_TRUE(next_alternatives(context_in("UTC", {}), window, at("2025-01-15T11:00:00Z"), 3).empty());
}

// EVIDENCE: B-1.2
TEST(Window, TheBookersZoneChoosesTheInstantsUnderADate) {
  const SlotContextDraft context = context_in("America/New_York", {hours("09:00", "17:00")});
  const auto tokyo = zone_rules("Asia/Tokyo");
  const auto window = window_of_dates(*tokyo, day("2025-01-15"), day("2025-01-15"));
  ASSERT_TRUE(window);
  const auto found = find_slots(context, *window);
  // Tokyo's 15th runs from 10:00 of the 14th until 10:00 of the 15th in New York.
  ASSERT_EQ(found.size(), 8u);
  EXPECT_EQ(found.front().start(), at("2025-01-14T15:00:00Z"));
  EXPECT_EQ(found.back().start(), at("2025-01-15T14:00:00Z"));
}

TEST(Window, NoInstantsFallOnInvertedOrSkippedDates) {
  EXPECT_FALSE(window_of_dates(ZoneRules::utc(), day("2025-01-16"), day("2025-01-15")));
  EXPECT_FALSE(window_of_dates(*zone_rules("Pacific/Apia"), day("2011-12-30"), day("2011-12-30")));
}

TEST(Window, StateReachesOverWholeWeeksToBothSides) {
  const TimeRange window = range("2025-01-15T00:00:00Z", "2025-01-16T00:00:00Z");
  EXPECT_TRUE(calendar_needed_for(window).contains(range("2025-01-07T00:00:00Z", "2025-01-24T00:00:00Z")));
  const auto [first, last] = dates_needed_for(window);
  EXPECT_LE(first, day("2025-01-13"));
  EXPECT_GE(last, day("2025-01-18"));
}

}  // namespace
}  // namespace scheduling::testing
