// What a rep reads: one sentence for each rule, on the host's clock.
#include "plugin/http/api/explain_text.hpp"

#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

using std::chrono::days;
using std::chrono::minutes;

std::string told(const SlotContextDraft& draft, std::string_view start) {
  const SlotContext context = draft;
  return sentence_of(explain(context, at(start)), context.host->schedule.zone, context.zone());
}

SlotContextDraft new_york(std::vector<LocalSpan> daily) {
  SlotContextDraft context = context_in("America/New_York", std::move(daily));
  context.rules.duration = context.rules.interval = minutes{30};
  context.now = at("2025-12-01T14:00:00Z");  // Monday, 09:00
  return context;
}

// EVIDENCE: B-12.1
TEST(ExplainText, GridAndBookable) {
  const SlotContextDraft context = new_york({hours("09:00", "17:00")});
  EXPECT_EQ(told(context, "2025-12-02T19:40:00Z"),
            "Tuesday, 2 December 2025, 14:40 (America/New_York) is not on the grid: meetings of this type start at "
            "14:30 and 15:00.");
  EXPECT_EQ(told(context, "2025-12-02T19:30:00Z"), "Tuesday, 2 December 2025, 14:30 (America/New_York) can be booked.");
  EXPECT_EQ(told(context, "2025-12-02T19:30:05Z"),
            "Tuesday, 2 December 2025, 14:30:05 (America/New_York) is not on the grid: meetings of this type start at "
            "14:30 and 15:00.");
}

// EVIDENCE: B-12.1
TEST(ExplainText, Time) {
  SlotContextDraft context = new_york({hours("09:00", "17:00")});
  context.rules.notice_min = minutes{240};
  context.rules.advance_max = days{1};
  EXPECT_EQ(told(context, "2025-12-01T15:00:00Z"),
            "Monday, 1 December 2025, 10:00 (America/New_York) is too soon: meetings of this type need 4 hours of "
            "notice, so the "
            "earliest start is now Monday, 1 December 2025, 13:00.");
  EXPECT_EQ(told(context, "2025-12-01T13:59:00Z"), "Monday, 1 December 2025, 08:59 (America/New_York) has passed.");
  EXPECT_EQ(told(context, "2025-12-03T15:00:00Z"),
            "Wednesday, 3 December 2025, 10:00 (America/New_York) is too far ahead: meetings of this type can be "
            "booked up to 1 day "
            "ahead, now until Tuesday, 2 December 2025.");
  context.rules.bookable_from = day("2026-01-01");
  context.rules.bookable_until = day("2026-01-31");
  EXPECT_EQ(told(context, "2025-12-02T15:00:00Z"),
            "Tuesday, 2 December 2025, 10:00 (America/New_York) is outside the dates of this meeting type, which can "
            "be booked from "
            "Thursday, 1 January 2026 until Saturday, 31 January 2026.");
}

// EVIDENCE: B-12.1
TEST(ExplainText, Hours) {
  SlotContextDraft context = new_york({hours("09:00", "12:00"), hours("13:00", "17:00")});
  EXPECT_EQ(told(context, "2025-12-02T13:00:00Z"),
            "Tuesday, 2 December 2025, 08:00 (America/New_York) is outside the open hours of that day, which are "
            "09:00–12:00 and 13:00–17:00.");
  EXPECT_EQ(told(context, "2025-12-02T16:45:00Z"),
            "Tuesday, 2 December 2025, 11:45 (America/New_York) leaves too little time: the meeting takes 30 minutes, "
            "and the open "
            "hours end at 12:00.");
  context.rules.hours = DaySpans{hours("10:00", "11:00")};
  EXPECT_EQ(told(context, "2025-12-02T14:00:00Z"),
            "Tuesday, 2 December 2025, 09:00 (America/New_York) is outside the days and hours of this meeting type, "
            "which leave "
            "10:00–11:00 of that day.");
  context.rules.hours.reset();
  context.host.overrides = {{OverrideId{1}, day("2025-12-02"), false, std::nullopt, "Holiday"}};
  EXPECT_EQ(told(context, "2025-12-02T14:00:00Z"),
            "Tuesday, 2 December 2025, 09:00 (America/New_York) is taken out by a date override (Holiday), which "
            "leaves no open hours "
            "on that day.");
  EXPECT_EQ(told(context, "2025-12-02T12:00:00Z"),
            "Tuesday, 2 December 2025, 07:00 (America/New_York) is outside the open hours: that day has none.");
}

// EVIDENCE: B-12.1
TEST(ExplainText, BusyTimeAndLimits) {
  SlotContextDraft context = new_york({hours("09:00", "17:00")});
  context.meetings = {booked(12, "2025-12-02T15:00:00Z", "2025-12-02T15:30:00Z")};
  context.external_busy = {range("2025-12-02T19:00:00Z", "2025-12-03T20:00:00Z")};
  context.rules.buffer_before = minutes{15};
  EXPECT_EQ(told(context, "2025-12-02T15:00:00Z"),
            "Tuesday, 2 December 2025, 10:00 (America/New_York) is taken by meeting 12, 10:00–10:30.");
  EXPECT_EQ(told(context, "2025-12-02T15:30:00Z"),
            "Tuesday, 2 December 2025, 10:30 (America/New_York) is too close to meeting 12, 10:00–10:30: 15 minutes "
            "must stay free after it.");
  EXPECT_EQ(told(context, "2025-12-02T19:00:00Z"),
            "Tuesday, 2 December 2025, 14:00 (America/New_York) is taken by an event in a connected calendar, "
            "14:00–Wednesday, 3 "
            "December 2025, 15:00.");
  context.rules.daily_limit = 1;
  EXPECT_EQ(told(context, "2025-12-02T17:00:00Z"),
            "Tuesday, 2 December 2025, 12:00 (America/New_York) is beyond a limit: at most 1 meeting of this type per "
            "day, and there is "
            "1 on Tuesday, 2 December 2025.");
  context.rules.daily_limit.reset();
  context.host.weekly_limit = 1;
  EXPECT_EQ(told(context, "2025-12-04T17:00:00Z"),
            "Thursday, 4 December 2025, 12:00 (America/New_York) is beyond a limit: at most 1 meeting of all types per "
            "week, and there "
            "is 1 in the week from Monday, 1 December 2025 to Sunday, 7 December 2025.");
}

// EVIDENCE: B-12.1
TEST(ExplainText, WhereTheClockChangesTimesNameTheirOffset) {
  SlotContextDraft context = context_in("America/New_York", {hours("01:15", "04:15")});
  EXPECT_EQ(told(context, "2025-11-02T06:20:00Z"),
            "Sunday, 2 November 2025, 01:20 UTC−05:00 (America/New_York) is not on the grid: meetings of this type "
            "start at 01:15 "
            "UTC−05:00 and 02:15 UTC−05:00.");
}

}  // namespace
}  // namespace scheduling::testing
