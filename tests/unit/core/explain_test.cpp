#include "plugin/core/availability/explain.hpp"

#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

using std::chrono::days;
using std::chrono::minutes;

std::string wall(const SlotContext& context, std::optional<Instant> instant) {
  return instant ? format_wall(context.zone().wall_at(*instant)) : "none";
}
std::string spans(const DaySpans& open) {
  std::string text;
  for (const LocalSpan& span : open) text += (text.empty() ? "" : " ") + span.start.text() + "-" + span.end.text();
  return text;
}
std::string dated(const std::optional<LocalDate>& date) {
  return date ? date->text() : "none";
}

/// The facts as one line, instants on the host's wall clock.
struct Line {
  const SlotContext& context;
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const NoticeFacts& f) const {
    return " earliest " + wall(context, f.earliest) + " notice " + std::to_string(f.notice_min.count());
  }
  std::string operator()(const HorizonFacts& f) const {
    return " last " + f.last.text() + " days " + std::to_string(f.advance_max.count());
  }
  std::string operator()(const RangeFacts& f) const { return " from " + dated(f.from) + " until " + dated(f.until); }
  std::string operator()(const HoursFacts& f) const {
    std::string text = " on " + f.date.text() + " open [" + spans(f.open) + "]";
    if (f.is_narrowed) text += " narrowed";
    if (f.open_until) text += " ends " + wall(context, f.open_until);
    for (const DayOverride& row : f.overrides) text += " override " + row.date.text() + " " + row.reason.value_or("-");
    return text;
  }
  std::string operator()(const GridFacts& f) const {
    return (*this)(f.hours) + " every " + std::to_string(f.interval.count()) + " previous " +
           wall(context, f.previous) + " next " + wall(context, f.next);
  }
  std::string operator()(const Conflict& c) const {
    return " meeting " + std::to_string(c.meeting.value) + " " + wall(context, c.time.start()) + " to " +
           wall(context, c.time.end()) + " gap " + std::to_string(c.gap.count());
  }
  std::string operator()(const ReachedLimit& r) const {
    return " limit " + std::to_string(r.limit) + " count " + std::to_string(r.count) + " from " + r.first.text() +
           " to " + r.last.text();
  }
};

/// "off_grid at 2025-01-15T09:20 …"; the rule must be judge()'s.
std::string told(const SlotContext& context, std::string_view start) {
  const Explanation why = explain(context, at(start));
  EXPECT_EQ(why.rule, check_slot(context, at(start))) << start;
  EXPECT_EQ(why.candidate.start(), at(start));
  return (why.rule ? std::string(name_of(*why.rule)) : "offered") + " at " + format_wall(why.local) +
         std::visit(Line{context}, why.facts);
}

DayOverride row(std::string_view date, bool is_available, std::optional<LocalSpan> span, const char* reason) {
  return {OverrideId{1}, day(date), is_available, span, std::string(reason)};
}

// EVIDENCE: B-12.1
TEST(Explain, ABookableStartHasNoRuleAndNoFacts) {
  const SlotContextDraft context = context_in("America/New_York", {hours("09:00", "12:00")});
  EXPECT_EQ(told(context, "2025-01-15T14:00:00Z"), "offered at 2025-01-15T09:00");
}

// EVIDENCE: B-12.1
TEST(Explain, TimeLimitsNameTheirEnd) {
  SlotContextDraft context = context_in("America/New_York", {hours("00:00", "24:00")});
  context.now = at("2025-01-15T14:00:00Z");
  context.rules.notice_min = minutes{240};
  context.rules.advance_max = days{2};
  EXPECT_EQ(told(context, "2025-01-15T17:00:00Z"), "notice at 2025-01-15T12:00 earliest 2025-01-15T13:00 notice 240");
  EXPECT_EQ(told(context, "2025-01-18T05:00:00Z"), "horizon at 2025-01-18T00:00 last 2025-01-17 days 2");
  context.rules.bookable_from = day("2025-01-16");
  EXPECT_EQ(told(context, "2025-01-15T20:00:00Z"), "outside_range at 2025-01-15T15:00 from 2025-01-16 until none");
  context.rules.bookable_from.reset();
  context.rules.bookable_until = day("2025-01-15");
  EXPECT_EQ(told(context, "2025-01-16T05:00:00Z"), "outside_range at 2025-01-16T00:00 from none until 2025-01-15");
}

// EVIDENCE: B-12.1
TEST(Explain, OutsideHoursShowsWhatTheDayHas) {
  SlotContextDraft context = context_in("America/New_York", {hours("09:00", "12:00"), hours("13:00", "17:00")});
  EXPECT_EQ(told(context, "2025-01-15T13:00:00Z"),
            "outside_hours at 2025-01-15T08:00 on 2025-01-15 open [09:00-12:00 13:00-17:00]");
  EXPECT_EQ(told(context, "2025-01-15T16:30:00Z"),
            "outside_hours at 2025-01-15T11:30 on 2025-01-15 open [09:00-12:00 13:00-17:00] ends 2025-01-15T12:00");
  context.rules.hours = DaySpans{hours("10:00", "11:00")};
  EXPECT_EQ(told(context, "2025-01-15T18:00:00Z"),
            "outside_hours at 2025-01-15T13:00 on 2025-01-15 open [10:00-11:00] narrowed");
  EXPECT_EQ(told(context, "2025-01-15T15:30:00Z"),
            "outside_hours at 2025-01-15T10:30 on 2025-01-15 open [10:00-11:00] narrowed ends 2025-01-15T11:00");
  EXPECT_EQ(told(context, "2025-01-15T13:00:00Z"),
            "outside_hours at 2025-01-15T08:00 on 2025-01-15 open [10:00-11:00]");
  context.rules.days.reset(3);  // Wednesday
  EXPECT_EQ(told(context, "2025-01-15T15:00:00Z"), "outside_hours at 2025-01-15T10:00 on 2025-01-15 open [] narrowed");
}

// EVIDENCE: B-12.1
TEST(Explain, AnOverrideComesWithItsReason) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "12:00")});
  context.host.overrides = {row("2025-01-14", false, std::nullopt, "the day before"),
                            row("2025-01-15", true, hours("18:00", "20:00"), "Trade fair"),
                            row("2025-01-16", false, std::nullopt, "Holiday")};
  EXPECT_EQ(told(context, "2025-01-15T09:00:00Z"),
            "overridden at 2025-01-15T09:00 on 2025-01-15 open [18:00-20:00] override 2025-01-15 Trade fair");
  EXPECT_EQ(told(context, "2025-01-16T09:00:00Z"),
            "overridden at 2025-01-16T09:00 on 2025-01-16 open [] override 2025-01-16 Holiday");
  EXPECT_EQ(told(context, "2025-01-15T08:00:00Z"),
            "outside_hours at 2025-01-15T08:00 on 2025-01-15 open [18:00-20:00] override 2025-01-15 Trade fair");
  // Over midnight the next date's override decides too; a meeting that ends at midnight does not touch it.
  SlotContextDraft night = context_in("UTC", {hours("00:00", "24:00")});
  night.rules.interval = minutes{30};
  night.host.overrides = {row("2025-01-16", false, std::nullopt, "Holiday")};
  EXPECT_EQ(told(night, "2025-01-15T23:30:00Z"),
            "overridden at 2025-01-15T23:30 on 2025-01-15 open [00:00-24:00] ends 2025-01-16T00:00 override 2025-01-16 "
            "Holiday");
  EXPECT_EQ(told(night, "2025-01-15T23:00:00Z"), "offered at 2025-01-15T23:00");
  night.host.hours = context.host.hours;
  EXPECT_EQ(told(night, "2025-01-15T23:00:00Z"), "outside_hours at 2025-01-15T23:00 on 2025-01-15 open [09:00-12:00]");
}

// EVIDENCE: B-12.1
TEST(Explain, OffTheGridNamesItsNeighbours) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "11:00"), hours("13:00", "15:00")});
  EXPECT_EQ(
      told(context, "2025-01-15T09:20:00Z"),
      "off_grid at 2025-01-15T09:20 on 2025-01-15 open [09:00-11:00 13:00-15:00] every 60 previous 2025-01-15T09:00 "
      "next 2025-01-15T10:00");
  // 10:00 is the last that fits before 11:00; the next one opens the afternoon.
  context.rules.duration = minutes{45};
  EXPECT_EQ(
      told(context, "2025-01-15T10:10:00Z"),
      "off_grid at 2025-01-15T10:10 on 2025-01-15 open [09:00-11:00 13:00-15:00] every 60 previous 2025-01-15T10:00 "
      "next 2025-01-15T13:00");
  EXPECT_EQ(told(context, "2025-01-15T14:10:00Z"),
            "off_grid at 2025-01-15T14:10 on 2025-01-15 open [09:00-11:00 13:00-15:00] every 60 previous "
            "2025-01-15T14:00 next none");
  // 11:00 would leave too little time.
  EXPECT_EQ(
      told(context_in("UTC", {hours("09:00", "11:30")}), "2025-01-15T10:20:00Z"),
      "off_grid at 2025-01-15T10:20 on 2025-01-15 open [09:00-11:30] every 60 previous 2025-01-15T10:00 next none");
  context = context_in("UTC", {hours("09:10", "12:00")});
  context.rules.align = Align::clock;
  EXPECT_EQ(
      told(context, "2025-01-15T09:30:00Z"),
      "off_grid at 2025-01-15T09:30 on 2025-01-15 open [09:10-12:00] every 60 previous none next 2025-01-15T10:00");
  EXPECT_EQ(told(context, "2025-01-15T10:00:01Z"),
            "off_grid at 2025-01-15T10:00 on 2025-01-15 open [09:10-12:00] every 60 previous 2025-01-15T10:00 "
            "next 2025-01-15T11:00");
}

// EVIDENCE: B-12.1, B-4.3
TEST(Explain, WhatIsBusyComesWithItsTimeAndTheBufferThatApplies) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "17:00")});
  context.rules.buffer_before = minutes{10};
  context.rules.buffer_after = minutes{20};
  BookedMeeting meeting = booked(7, "2025-01-15T11:00:00Z", "2025-01-15T12:00:00Z");
  meeting.buffer_before = BufferMinutes{5};
  meeting.buffer_after = BufferMinutes{30};
  context.meetings = {meeting};
  context.external_busy = {range("2025-01-16T11:30:00Z", "2025-01-16T11:55:00Z")};
  EXPECT_EQ(told(context, "2025-01-15T11:00:00Z"),
            "busy_meeting at 2025-01-15T11:00 meeting 7 2025-01-15T11:00 to 2025-01-15T12:00 gap 0");
  // The greater of the two buffers on that side: 20 of the candidate before, 30 of the meeting after.
  EXPECT_EQ(told(context, "2025-01-15T10:00:00Z"),
            "buffer at 2025-01-15T10:00 meeting 7 2025-01-15T11:00 to 2025-01-15T12:00 gap 20");
  EXPECT_EQ(told(context, "2025-01-15T12:00:00Z"),
            "buffer at 2025-01-15T12:00 meeting 7 2025-01-15T11:00 to 2025-01-15T12:00 gap 30");
  EXPECT_EQ(told(context, "2025-01-16T11:00:00Z"),
            "busy_external at 2025-01-16T11:00 meeting 0 2025-01-16T11:30 to 2025-01-16T11:55 gap 0");
  EXPECT_EQ(told(context, "2025-01-16T12:00:00Z"),
            "buffer at 2025-01-16T12:00 meeting 0 2025-01-16T11:30 to 2025-01-16T11:55 gap 10");
}

// EVIDENCE: B-12.1, B-4.3
TEST(Explain, OfTwoThatAreTooCloseTheEarlierIsNamed) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "17:00")});
  context.rules.buffer_before = context.rules.buffer_after = minutes{10};
  context.meetings = {booked(7, "2025-01-15T10:00:00Z", "2025-01-15T11:00:00Z"),
                      booked(8, "2025-01-15T12:00:00Z", "2025-01-15T13:00:00Z")};
  EXPECT_EQ(told(context, "2025-01-15T11:00:00Z"),
            "buffer at 2025-01-15T11:00 meeting 7 2025-01-15T10:00 to 2025-01-15T11:00 gap 10");
}

// EVIDENCE: B-12.1, B-6.1
TEST(Explain, ALimitSaysHowManyThereAreAndWhere) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "17:00")});
  context.meetings = {booked(1, "2025-01-15T09:00:00Z", "2025-01-15T10:00:00Z"),
                      booked(2, "2025-01-15T10:00:00Z", "2025-01-15T11:00:00Z"),
                      booked(3, "2025-01-17T10:00:00Z", "2025-01-17T11:00:00Z")};
  context.meetings[1].type = MeetingTypeId{2};
  context.rules.daily_limit = 1;
  EXPECT_EQ(told(context, "2025-01-15T12:00:00Z"),
            "daily_limit_type at 2025-01-15T12:00 limit 1 count 1 from 2025-01-15 to 2025-01-15");
  context.rules.daily_limit.reset();
  context.rules.weekly_limit = 2;
  EXPECT_EQ(told(context, "2025-01-16T12:00:00Z"),
            "weekly_limit_type at 2025-01-16T12:00 limit 2 count 2 from 2025-01-13 to 2025-01-19");
  context.rules.weekly_limit.reset();
  context.host.daily_limit = 2;
  EXPECT_EQ(told(context, "2025-01-15T12:00:00Z"),
            "daily_limit_host at 2025-01-15T12:00 limit 2 count 2 from 2025-01-15 to 2025-01-15");
  context.host.daily_limit.reset();
  context.host.weekly_limit = 1;
  context.host.week_start = std::chrono::Sunday;
  EXPECT_EQ(told(context, "2025-01-16T12:00:00Z"),
            "weekly_limit_host at 2025-01-16T12:00 limit 1 count 3 from 2025-01-12 to 2025-01-18");
}

// EVIDENCE: B-12.1
TEST(Explain, DaysOnWhichTheClockChangesAreSpokenOnTheHostsWall) {
  const SlotContextDraft context = context_in("America/New_York", {hours("01:15", "04:15")});
  // The window opens at the first 01:15, so both passes of the hour lie in it, five minutes off the grid.
  EXPECT_EQ(told(context, "2025-11-02T05:20:00Z"),
            "off_grid at 2025-11-02T01:20 on 2025-11-02 open [01:15-04:15] every 60 previous 2025-11-02T01:15 next "
            "2025-11-02T01:15");
  EXPECT_EQ(told(context, "2025-11-02T06:20:00Z"),
            "off_grid at 2025-11-02T01:20 on 2025-11-02 open [01:15-04:15] every 60 previous 2025-11-02T01:15 next "
            "2025-11-02T02:15");
  EXPECT_EQ(told(context, "2025-03-09T07:00:00Z"),
            "off_grid at 2025-03-09T03:00 on 2025-03-09 open [01:15-04:15] every 60 previous 2025-03-09T01:15 next "
            "2025-03-09T03:15");
}

TEST(Explain, TheEndsOfTimeHaveAnAnswer) {
  const SlotContextDraft context = context_in("Pacific/Apia", {hours("00:00", "24:00")});
  for (const char* start :
       {"1970-01-01T00:00:00Z", "2199-12-31T23:59:59Z", "2011-12-30T10:00:00Z", "2025-01-15T09:00:01Z"})
    EXPECT_EQ(explain(context, at(start)).rule, check_slot(context, at(start))) << start;
}

}  // namespace
}  // namespace scheduling::testing
