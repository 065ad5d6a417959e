/// Every zone of the database around every change of its clock.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string_view>
#include <vector>

#include "tests/oracle/places.hpp"
#include "tests/oracle/random_case.hpp"

namespace scheduling::testing {
namespace {

struct Jump {
  std::string zone;
  oracle::Second at;
};

std::vector<Jump> jumps_between(std::string_view first, std::string_view end) {
  std::vector<Jump> found;
  const oracle::Second from = at(first).time_since_epoch().count();
  const oracle::Second until = at(end).time_since_epoch().count();
  for (const std::string& name : usable_zones()) {
    for (const auto& change : oracle::Zone::named(name).changes(from, until)) found.push_back({name, change.at});
  }
  return found;
}

const std::vector<Jump>& jumps_of_these_years() {
  static const auto jumps = jumps_between("2024-01-01T00:00:00Z", "2031-01-01T00:00:00Z");
  return jumps;
}

/// With what history holds ready: a skipped date, changes at one minute past midnight, two within a week.
const std::vector<Jump>& jumps_of_this_century() {
  static const auto jumps = jumps_between("2000-01-01T00:00:00Z", "2045-01-01T00:00:00Z");
  return jumps;
}

/// The jumps around which every slot is laid: the years in which people book, or, with ZONE_SWEEP=all in the
/// environment as in tests/long.sh, all that are later than the "now" of offer_in().
const std::vector<Jump>& jumps_for_slots() {
  const char* asked = std::getenv("ZONE_SWEEP");
  if (asked == nullptr || std::string_view(asked) != "all") return jumps_of_these_years();
  static const auto jumps = jumps_between("2021-01-01T00:00:00Z", "2045-01-01T00:00:00Z");
  return jumps;
}

TEST(ZoneSweep, FindsTheJumps) {
  std::cout << jumps_of_these_years().size() << " jumps in 2024 to 2030, " << jumps_of_this_century().size()
            << " from 2000 to 2044\n";
  // Some two hundred zones and links with two a year.
  EXPECT_GT(jumps_of_these_years().size(), 2500u);
  EXPECT_GT(jumps_of_this_century().size(), 15000u);
}

// EVIDENCE: B-1.3
TEST(ZoneSweep, OffsetsAgreeAroundEveryJump) {
  for (const Jump& jump : jumps_of_this_century()) {
    const auto rules = zone_rules(jump.zone);
    const oracle::Zone& zone = oracle::Zone::named(jump.zone);
    ZoneCursor cursor;
    for (oracle::Second second = jump.at - 6 * 3600; second <= jump.at + 6 * 3600; second += 600) {
      for (const oracle::Second each : {second - 1, second}) {
        const int wanted = zone.offset_at(each);
        ASSERT_EQ(rules->offset_at(instant_of_second(each)).count(), wanted) << jump.zone << " " << each;
        ASSERT_EQ(rules->offset_at(instant_of_second(each), cursor).count(), wanted) << jump.zone << " " << each;
      }
    }
    ASSERT_EQ(rules->next_change(instant_of_second(jump.at - 1)), instant_of_second(jump.at)) << jump.zone;
  }
}

/// The definition itself: walks instants minute by minute to the first at which the wall clock shows a time or
/// later. Asked about ever later times.
class FirstShowing {
 public:
  FirstShowing(const oracle::Zone& zone, oracle::Minute from) : zone_(zone), minute_(from) {}
  oracle::Minute of(oracle::Minute wall) {
    while (minute_ + zone_.minutes_at(minute_) < wall) ++minute_;
    return minute_;
  }

 private:
  const oracle::Zone& zone_;
  oracle::Minute minute_;
};

WallTime wall_of(oracle::Minute minutes) {
  return WallTime{std::chrono::minutes{minutes}};
}

// EVIDENCE: B-1.3
TEST(ZoneSweep, EveryWallMinuteIsTheFirstInstantThatShowsItOrLater) {
  for (const Jump& jump : jumps_of_this_century()) {
    const auto rules = zone_rules(jump.zone);
    const oracle::Zone& zone = oracle::Zone::named(jump.zone);
    const oracle::Minute wall_at_jump = jump.at / 60 + zone.minutes_at(jump.at / 60 - 1);
    FirstShowing first{zone, jump.at / 60 - 8 * 60};
    ZoneCursor cursor;
    Instant last = k_instant_min;
    for (oracle::Minute wall = wall_at_jump - 4 * 60; wall <= wall_at_jump + 4 * 60; ++wall) {
      const Instant found = rules->to_instant(wall_of(wall));
      ASSERT_EQ(found, instant_of(first.of(wall))) << jump.zone << " " << format_wall(wall_of(wall));
      ASSERT_EQ(found, rules->to_instant(wall_of(wall), cursor)) << jump.zone << " " << format_wall(wall_of(wall));
      ASSERT_GE(found, last) << jump.zone << " " << format_wall(wall_of(wall));
      last = found;
    }
  }
}

/// The local dates around a jump, as instants at which they begin and end.
struct Day {
  oracle::Date date;
  oracle::Minute start;
  oracle::Minute end;
};

std::vector<Day> days_around(const Jump& jump) {
  const oracle::Zone& zone = oracle::Zone::named(jump.zone);
  const oracle::Minute minute = jump.at / 60;
  const oracle::Date first = (minute + zone.minutes_at(minute - 1)) / 1440 - 2;
  FirstShowing showing{zone, (first - 2) * 1440};
  std::vector<Day> days;
  for (oracle::Date date = first; date < first + 5; ++date) {
    const oracle::Minute start = showing.of(date * 1440);
    days.push_back({date, start, showing.of((date + 1) * 1440)});
  }
  return days;
}

SlotContextDraft round_the_clock(const Jump& jump, int step, Align align) {
  SlotContextDraft context = context_in(jump.zone, {hours("00:00", "24:00")});
  context.rules.duration = context.rules.interval = std::chrono::minutes{step};
  context.rules.align = align;
  return context;
}

/// One date's hours alone: its slots fill it from its first instant on, one after the other, as far as a whole
/// step fits, and never leave it.
void expect_filled(const SlotContextDraft& all_days, const Day& day, const std::string& where) {
  SlotContextDraft context = all_days;
  const LocalDate date{std::chrono::local_days{std::chrono::days{day.date}}};
  context.host.hours = WeeklyHours{{{date.weekday(), hours("00:00", "24:00"), true}}};
  const oracle::Minute step = context.rules.duration.count();
  oracle::Minute next = day.start;
  for (const TimeRange& slot : find_slots(context, {instant_of(day.start - 1440), instant_of(day.end + 1440)})) {
    ASSERT_EQ(minute_of(slot.start()), next) << where;
    next = minute_of(slot.end());
  }
  ASSERT_EQ(next, day.end - (day.end - day.start) % step) << where << ": not filled to its end";
}

/// All of them open: what starts on a date is its own grid again, and quarters of an hour, of which every day is
/// made, follow one another without a gap or an overlap over all the dates.
void expect_seamless(const SlotContextDraft& context, const std::vector<Day>& days, const std::string& where) {
  const oracle::Minute step = context.rules.duration.count();
  const SlotContext asked = context;
  oracle::Minute total = 0;
  for (const Day& day : days) {
    oracle::Minute next = day.start;
    for (const TimeRange& slot : find_slots(asked, {instant_of(day.start), instant_of(day.end)})) {
      ASSERT_EQ(minute_of(slot.start()), next) << where;
      next += step;
      total += step;
    }
    ASSERT_GE(next, day.end) << where << ": not filled to its end";
  }
  if (step == 15) {
    ASSERT_EQ(total, days.back().end - days.front().start) << where;
  }
}

// EVIDENCE: B-1.3, B-2.3, B-3.1, B-3.2
TEST(ZoneSweep, SlotsFillEveryDayAroundEveryJump) {
  for (const Jump& jump : jumps_for_slots()) {
    const std::vector<Day> days = days_around(jump);
    for (const int step : {15, 30, 60}) {
      for (const Align align : {Align::start, Align::clock}) {
        const std::string where = jump.zone + " " + format_instant(instant_of_second(jump.at)) + " every " +
                                  std::to_string(step) + "m" + (align == Align::clock ? " by the clock" : "");
        const SlotContextDraft context = round_the_clock(jump, step, align);
        for (std::size_t i = 1; i + 1 < days.size(); ++i)
          ASSERT_NO_FATAL_FAILURE(expect_filled(context, days[i], where));
        ASSERT_NO_FATAL_FAILURE(expect_seamless(context, days, where));
      }
    }
  }
}

TEST(ZoneSweep, DaysAreAsLongAsTheirJumpsMakeThem) {
  std::vector<oracle::Minute> lengths;
  for (const Jump& jump : jumps_of_these_years()) {
    for (const Day& day : days_around(jump)) {
      const oracle::Minute length = day.end - day.start;
      if (std::find(lengths.begin(), lengths.end(), length) == lengths.end()) lengths.push_back(length);
    }
  }
  std::sort(lengths.begin(), lengths.end());
  // Troll loses and gains two hours, Lord Howe half an hour, the others one.
  EXPECT_EQ(lengths,
            (std::vector<oracle::Minute>{22 * 60, 23 * 60, 23 * 60 + 30, 24 * 60, 24 * 60 + 30, 25 * 60, 26 * 60}));
}

}  // namespace
}  // namespace scheduling::testing
