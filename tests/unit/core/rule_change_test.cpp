#include "plugin/core/availability/rule_change.hpp"

#include <random>

#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

using std::chrono::days;
using std::chrono::minutes;

std::string walls(const SlotContext& context, const std::vector<TimeRange>& slots) {
  std::string text;
  for (const TimeRange& slot : slots)
    text += (text.empty() ? "" : " ") + format_wall(context.zone().wall_at(slot.start())).substr(8);
  return text;
}

/// "gained … lost … kept … outside …", starts as day and time on the new wall clock.
std::string changed(const SlotContext& before, const SlotContext& after, std::string_view from,
                    std::string_view until) {
  const auto window = window_of_dates(after.zone(), day(from), day(until));
  const RuleChange change = compare(before, after, window.value());
  std::string text = "gained [" + walls(after, change.gained) + "] lost [" + walls(after, change.lost) + "] kept " +
                     std::to_string(change.kept);
  for (const PushedOut& each : change.outside)
    text += " outside " + std::to_string(each.meeting.id.value) + " " + std::string(name_of(each.why.rule.value()));
  return text;
}

DayOverride row(std::string_view date, bool is_available, std::optional<LocalSpan> span) {
  return {OverrideId{}, day(date), is_available, span, std::nullopt};
}

// EVIDENCE: B-2.1, B-3.1
TEST(RuleChange, OtherHoursGainLoseAndKeep) {
  const SlotContextDraft before = context_in("UTC", {hours("09:00", "12:00")});
  SlotContextDraft after = context_in("UTC", {hours("10:00", "14:00")});
  EXPECT_EQ(changed(before, after, "2025-01-15", "2025-01-15"), "gained [15T12:00 15T13:00] lost [15T09:00] kept 2");
  EXPECT_EQ(changed(before, before, "2025-01-15", "2025-01-16"), "gained [] lost [] kept 6");
  after = before;
  after.rules.duration = minutes{30};
  EXPECT_EQ(changed(before, after, "2025-01-15", "2025-01-15"), "gained [] lost [] kept 3")
      << "only the length changes";
}

// EVIDENCE: B-2.1
TEST(RuleChange, MeetingsOutsideTheNewHoursAreNamedWithTheirRule) {
  SlotContextDraft before = context_in("UTC", {hours("09:00", "17:00")});
  before.meetings = {booked(1, "2025-01-15T09:00:00Z", "2025-01-15T10:00:00Z"),
                     booked(2, "2025-01-15T11:30:00Z", "2025-01-15T12:30:00Z"),
                     booked(3, "2025-01-15T10:00:00Z", "2025-01-15T11:00:00Z"),
                     booked(4, "2025-01-15T07:00:00Z", "2025-01-15T08:00:00Z"),
                     booked(5, "2025-01-15T15:00:00Z", "2025-01-15T16:00:00Z"),
                     booked(6, "2025-01-15T16:00:00Z", "2025-01-15T17:00:00Z")};
  before.meetings[4].status = MeetingStatus::cancelled;
  before.meetings[5].type = MeetingTypeId{2};
  SlotContextDraft after = before;
  after.host.hours = context_in("UTC", {hours("10:00", "12:00")}).host.hours;
  const SlotContext made = after;
  const RuleChange change = compare(before, made, range("2025-01-15T00:00:00Z", "2025-01-16T00:00:00Z"));
  std::string ids;
  for (const PushedOut& each : change.outside) ids += std::to_string(each.meeting.id.value) + " ";
  EXPECT_EQ(ids, "1 2 6 ") << "4 lay outside before, 5 is cancelled, 6 is of another type";
  const RuleChange hour = compare(before, made, range("2025-01-15T10:00:00Z", "2025-01-15T11:00:00Z"));
  EXPECT_TRUE(hour.outside.empty()) << "1 and 2 start outside that window";
  ASSERT_FALSE(change.outside.empty());
  const auto* facts = std::get_if<HoursFacts>(&change.outside[1].why.facts);
  ASSERT_NE(facts, nullptr);
  EXPECT_EQ(facts->open_until, at("2025-01-15T12:00:00Z"));
  EXPECT_EQ(change.outside[1].why.candidate, range("2025-01-15T11:30:00Z", "2025-01-15T12:30:00Z"));
}

// EVIDENCE: B-2.4, B-5.2
TEST(RuleChange, NarrowingAndRangeConcernTheirOwnTypeOnly) {
  SlotContextDraft before = context_in("UTC", {hours("09:00", "17:00")});
  before.meetings = {booked(1, "2025-01-15T09:00:00Z", "2025-01-15T10:00:00Z"),
                     booked(2, "2025-01-15T11:00:00Z", "2025-01-15T12:00:00Z")};
  before.meetings[1].type = MeetingTypeId{2};
  SlotContextDraft after = before;
  after.rules.hours = DaySpans{hours("13:00", "14:00")};
  EXPECT_EQ(changed(before, after, "2025-01-15", "2025-01-15"),
            "gained [] lost [15T10:00 15T12:00 15T14:00 15T15:00 15T16:00] kept 1 outside 1 outside_hours");
  after = before;
  after.rules.bookable_from = day("2025-01-16");
  EXPECT_EQ(changed(before, after, "2025-01-15", "2025-01-15"),
            "gained [] lost [15T10:00 15T12:00 15T13:00 15T14:00 15T15:00 15T16:00] kept 0 outside 1 outside_range");
  after.rules.bookable_from.reset();
  after.rules.bookable_until = day("2025-01-14");
  EXPECT_NE(changed(before, after, "2025-01-15", "2025-01-15").find("kept 0 outside 1 outside_range"),
            std::string::npos);
  // The first lay outside the range before, so that it lies outside closed hours now is no news.
  SlotContextDraft closed = before;
  closed.host.hours = WeeklyHours{};
  EXPECT_EQ(changed(after, closed, "2025-01-15", "2025-01-15"), "gained [] lost [] kept 0 outside 2 outside_hours");
}

TEST(RuleChange, NothingElsePushesOutWhatIsBooked) {
  SlotContextDraft before = context_in("UTC", {hours("09:00", "17:00")});
  before.now = at("2025-01-15T10:30:00Z");
  before.meetings = {booked(1, "2025-01-15T10:00:00Z", "2025-01-15T11:00:00Z"),
                     booked(2, "2025-01-15T12:00:00Z", "2025-01-15T13:00:00Z"),
                     booked(3, "2025-01-15T13:00:00Z", "2025-01-15T14:00:00Z")};
  SlotContextDraft after = before;
  after.rules.daily_limit = 1;
  after.rules.buffer_before = after.rules.buffer_after = minutes{60};
  after.rules.interval = minutes{45};
  after.rules.notice_min = minutes{2000};
  after.rules.advance_max = days{0};
  EXPECT_EQ(changed(before, after, "2025-01-15", "2025-01-15"),
            "gained [] lost [15T11:00 15T14:00 15T15:00 15T16:00] kept 0");
  after.host.hours = WeeklyHours{};
  EXPECT_EQ(
      changed(before, after, "2025-01-15", "2025-01-15"),
      "gained [] lost [15T11:00 15T14:00 15T15:00 15T16:00] kept 0 outside 2 outside_hours outside 3 outside_hours")
      << "the first one has begun";
}

// EVIDENCE: B-2.2
TEST(RuleChange, OverridesThatOverlapUniteAndTheirBlocksWin) {
  SlotContextDraft before = context_in("UTC", {hours("09:00", "12:00")});
  before.meetings = {booked(1, "2025-01-15T09:00:00Z", "2025-01-15T10:00:00Z"),
                     booked(2, "2025-01-15T11:00:00Z", "2025-01-15T12:00:00Z")};
  SlotContextDraft after = before;
  after.host.overrides = {row("2025-01-15", true, hours("10:00", "13:00")),
                          row("2025-01-15", true, hours("12:00", "15:00")),
                          row("2025-01-15", false, hours("13:00", "14:00")), row("2025-01-16", false, std::nullopt)};
  EXPECT_EQ(changed(before, after, "2025-01-15", "2025-01-16"),
            "gained [15T12:00 15T14:00] lost [16T09:00 16T10:00 16T11:00] kept 1 outside 1 overridden");
  EXPECT_EQ(changed(after, before, "2025-01-15", "2025-01-16"),
            "gained [16T09:00 16T10:00 16T11:00] lost [15T12:00 15T14:00] kept 1");
}

// EVIDENCE: B-1.2
TEST(RuleChange, AnotherZoneMovesTheHoursAndTheWindow) {
  SlotContextDraft before = context_in("Europe/Berlin", {hours("09:00", "11:00")});
  before.meetings = {booked(1, "2025-01-15T08:00:00Z", "2025-01-15T09:00:00Z"),
                     booked(2, "2025-01-16T08:00:00Z", "2025-01-16T09:00:00Z")};
  SlotContextDraft after = before;
  after.zone = zone_rules("America/New_York");
  after.host.zone = ZoneId::parse("America/New_York").value();
  // New York's 15th: 15th 05:00Z to 16th 05:00Z. Berlin's 09:00 shows there as 03:00.
  EXPECT_EQ(changed(before, after, "2025-01-15", "2025-01-15"),
            "gained [15T09:00 15T10:00] lost [15T04:00] kept 0 outside 1 outside_hours");
}

// EVIDENCE: B-1.3
TEST(RuleChange, DaysOnWhichTheClockChanges) {
  const SlotContextDraft before = context_in("America/New_York", {hours("00:00", "02:00")});
  const SlotContextDraft after = context_in("America/New_York", {hours("00:00", "04:00")});
  EXPECT_EQ(changed(before, after, "2025-03-09", "2025-03-09"), "gained [09T03:00] lost [] kept 2");
  EXPECT_EQ(changed(before, after, "2025-11-02", "2025-11-02"), "gained [02T02:00 02T03:00] lost [] kept 3");
  // In the second pass of the hour, a meeting lies in 00:00-02:00, but not in hours that end at the first 01:30.
  SlotContextDraft wide = before;
  wide.meetings = {booked(1, "2025-11-02T06:00:00Z", "2025-11-02T07:00:00Z")};
  SlotContextDraft tight = wide;
  tight.host.hours = context_in("America/New_York", {hours("00:00", "01:30")}).host.hours;
  EXPECT_EQ(changed(wide, tight, "2025-11-02", "2025-11-02"),
            "gained [] lost [02T01:00] kept 1 outside 1 outside_hours");
}

/// A random offer around New York's change days; calendar state is added by the caller.
SlotContextDraft random_context(std::mt19937& random) {
  const auto any = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  const char* zones[] = {"America/New_York", "Europe/Berlin", "UTC", "Australia/Lord_Howe"};
  SlotContextDraft context = context_in(zones[any(4)], {});
  std::vector<WeeklyRule> rules;
  for (int i = 0; i < 8; ++i) {
    const minutes start{any(90) * 15};
    const minutes end = start + minutes{15 + any(20) * 15};
    if (end > minutes{1440}) continue;
    rules.push_back({std::chrono::weekday{static_cast<unsigned>(any(7))},
                     {*LocalTime::make(start), *LocalTime::make(end)},
                     any(4) > 0});
  }
  context.host.hours = WeeklyHours{rules};
  for (int i = 0; i < 4; ++i)
    context.host.overrides.push_back(
        {OverrideId{}, day("2025-03-06").plus(days{any(7)}), any(2) == 0, hours("08:00", "20:00"), std::nullopt});
  context.rules.duration = minutes{15 * (1 + any(6))};
  context.rules.interval = minutes{15 * (1 + any(4))};
  context.rules.align = any(2) == 0 ? Align::start : Align::clock;
  context.rules.buffer_after = minutes{any(3) * 10};
  if (any(3) == 0) context.rules.daily_limit = 1 + any(3);
  context.now = at("2025-03-05T12:00:00Z");
  return context;
}

std::vector<Instant> starts_of(const std::vector<TimeRange>& slots) {
  std::vector<Instant> starts;
  for (const TimeRange& slot : slots) starts.push_back(slot.start());
  return starts;
}

// EVIDENCE: B-3.1
TEST(RuleChange, WhatIsLostAndGainedTurnsTheOldListIntoTheNew) {
  std::mt19937 random(20250309);
  std::size_t moved = 0;
  for (int i = 0; i < 400; ++i) {
    SlotContextDraft before = random_context(random);
    SlotContextDraft after = random_context(random);
    for (int meeting = 1; meeting <= 5; ++meeting) {
      const Instant start = at("2025-03-06T00:00:00Z") + minutes{15 * static_cast<int>(random() % 700)};
      before.meetings.push_back({MeetingId{meeting},
                                 MeetingTypeId{1 + meeting % 2},
                                 {start, start + minutes{30}},
                                 {},
                                 {},
                                 MeetingStatus::scheduled});
    }
    after.meetings = before.meetings;
    const SlotContext old = before, made = after;
    const TimeRange window = window_of_dates(made.zone(), day("2025-03-06"), day("2025-03-12")).value();
    const RuleChange change = compare(old, made, window);

    std::vector<Instant> list = starts_of(find_slots(old, window));
    for (const Instant lost : starts_of(change.lost)) ASSERT_EQ(std::erase(list, lost), 1u);
    EXPECT_EQ(change.kept, list.size());
    for (const TimeRange& gained : change.gained) {
      ASSERT_FALSE(check_slot(made, gained.start()));
      ASSERT_TRUE(check_slot(old, gained.start()));
      list.push_back(gained.start());
    }
    std::sort(list.begin(), list.end());
    ASSERT_EQ(list, starts_of(find_slots(made, window))) << "case " << i;
    moved += change.outside.size();
  }
  EXPECT_GT(moved, 50u) << "the cases push meetings out";
}

}  // namespace
}  // namespace scheduling::testing
