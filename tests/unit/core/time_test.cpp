#include <gtest/gtest.h>

#include "plugin/core/availability/scheduling_rules.hpp"
#include "plugin/core/interval/interval_set.hpp"
#include "plugin/core/time/instant.hpp"
#include "plugin/core/time/local_time.hpp"
#include "plugin/core/time/zone_id.hpp"
#include "plugin/core/time/zone_rules.hpp"
#include "plugin/core/time/zone_text.hpp"
#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

template <class A, class B = A>
concept Addable = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept Comparable = requires(A a, B b) {
  a < b;
};

template <class A, class B>
concept Subtractable = requires(A a, B b) {
  a - b;
};
template <class To, class... From>
concept MadeFrom = std::is_constructible_v<To, From...> || requires(From... from) {
  To{from...};
};
template <class Member, class Value>
concept TakesValue = std::is_assignable_v<Member&, Value>;
/// Whether zone rules answer with an instant when they are asked for `Asked`.
template <class... Asked>
concept RulesTurnIntoInstant = requires(const ZoneRules& rules, Asked... asked) {
  { rules.to_instant(asked...) } -> std::same_as<Instant>;
};
template <class Set, class Range>
concept Holds = requires(const Set& set, Range range) {
  set.contains(range);
};

// The grammar of time, proven by the compiler.
// Instants have distances and are moved by durations; they are never added up.
static_assert(!Addable<Instant>);
static_assert(Addable<Instant, std::chrono::seconds>);
static_assert(std::is_same_v<decltype(Instant{} - Instant{}), std::chrono::seconds>);

// What a wall shows is no instant, and neither becomes the other or is measured against it.
static_assert(!Comparable<Instant, WallTime> && !std::equality_comparable_with<Instant, WallTime>);
static_assert(!Subtractable<Instant, WallTime> && !Subtractable<WallTime, Instant>);
static_assert(!MadeFrom<Instant, WallTime> && !MadeFrom<WallTime, Instant>);

// A date or a time of day becomes an instant through a zone's rules only.
static_assert(!MadeFrom<Instant, LocalDate> && !MadeFrom<Instant, LocalDate, LocalTime>);
static_assert(!MadeFrom<Instant, LocalTime>);
static_assert(RulesTurnIntoInstant<WallTime> && RulesTurnIntoInstant<LocalDate, LocalTime>);
static_assert(!RulesTurnIntoInstant<LocalTime> && !RulesTurnIntoInstant<Instant>);
static_assert(!RulesTurnIntoInstant<LocalTime, LocalDate>);

// Dates move by days, never by hours: a day is not 24 of them. Times of day do not add up.
static_assert(!Addable<LocalDate> && !Addable<LocalDate, std::chrono::seconds>);
static_assert(!Addable<LocalDate, std::chrono::hours> && !Addable<LocalDate, int>);
static_assert(!Addable<LocalTime> && !Addable<LocalTime, std::chrono::minutes> && !Addable<LocalTime, int>);
static_assert(!Comparable<LocalDate, LocalTime> && !Comparable<LocalDate, Instant>);

// A time of day is made by parse() or make(), which may refuse; never from a number.
static_assert(!MadeFrom<LocalTime, int> && !MadeFrom<LocalTime, std::chrono::minutes>);
static_assert(!MadeFrom<LocalTime, std::string> && !MadeFrom<LocalDate, std::string>);
static_assert(!MadeFrom<LocalDate, int, int, int>);

// A zone is a checked name; text is not one.
static_assert(!MadeFrom<ZoneId, std::string> && !MadeFrom<ZoneId, const char*> && !MadeFrom<ZoneId>);
static_assert(!std::equality_comparable_with<ZoneId, std::string>);

// One row's number is not another's, and no bare number is either of them by accident.
static_assert(!MadeFrom<PageId, UserId> && !TakesValue<PageId, UserId>);
static_assert(!Comparable<UserId, PageId> && !std::equality_comparable_with<UserId, ContactId>);
static_assert(!std::is_convertible_v<std::int64_t, UserId> && !std::is_convertible_v<UserId, std::int64_t>);
static_assert(!Addable<UserId> && !Addable<UserId, int>);

// A range has two instants; there is none without, and durations are not instants.
static_assert(!MadeFrom<TimeRange>);
static_assert(!MadeFrom<TimeRange, std::chrono::seconds, std::chrono::seconds>);
static_assert(!MadeFrom<TimeRange, Instant, std::chrono::minutes>);
static_assert(!MadeFrom<TimeRange, WallTime, WallTime> && MadeFrom<TimeRange, Instant, Instant>);

// A set of ranges is made from ranges, whose ends are in order already; never from pairs, never by accident.
static_assert(!MadeFrom<IntervalSet, std::vector<std::pair<Instant, Instant>>>);
static_assert(!MadeFrom<IntervalSet, std::pair<Instant, Instant>>);
static_assert(!std::is_convertible_v<std::vector<TimeRange>, IntervalSet>);
static_assert(Holds<IntervalSet, Instant> && Holds<IntervalSet, TimeRange>);
static_assert(!Holds<IntervalSet, WallTime> && !Holds<TimeRange, WallTime>);

// Rules are durations with a unit; a number has none.
static_assert(!TakesValue<decltype(SchedulingRules::duration), int>);
static_assert(!TakesValue<decltype(SchedulingRules::buffer_before), std::int64_t>);
static_assert(!TakesValue<decltype(SchedulingRules::notice_min), double>);
static_assert(!TakesValue<decltype(SchedulingRules::advance_max), int>);
static_assert(!TakesValue<decltype(SchedulingRules::duration), std::chrono::seconds>, "seconds would be cut off");
static_assert(TakesValue<decltype(SchedulingRules::duration), std::chrono::hours>);

// EVIDENCE: B-1.1
TEST(ParseInstant, ReadsRfc3339) {
  const Instant wanted{std::chrono::sys_days{std::chrono::year{2025} / 3 / 9} + std::chrono::hours{14}};
  for (const char* text : {"2025-03-09T14:00:00Z", "2025-03-09T10:00:00-04:00", "2025-03-09T14:00:00.000Z",
                           "2025-03-09t14:00:00z", "2025-03-10T00:00:00+10:00", "2025-03-09T14:00:00-00:00"}) {
    EXPECT_EQ(parse_instant(text), wanted) << text;
  }
  EXPECT_EQ(format_instant(wanted), "2025-03-09T14:00:00Z");
  EXPECT_EQ(parse_instant("1970-01-01T00:00:00Z"), k_instant_min);
  EXPECT_EQ(format_instant(*parse_instant("2199-12-31T23:59:59Z")), "2199-12-31T23:59:59Z");
}

TEST(ParseInstant, RefusesEverythingElse) {
  for (const char* text : {"",
                           "2025-03-09",
                           "2025-03-09T14:00:00",
                           "2025-03-09T14:00Z",
                           "2025-03-09 14:00:00Z",
                           "2025-02-29T14:00:00Z",
                           "2025-13-01T14:00:00Z",
                           "2025-03-09T24:00:00Z",
                           "2025-03-09T14:60:00Z",
                           "2025-03-09T14:00:60Z",
                           "2025-03-09T14:00:00.5Z",
                           "2025-03-09T14:00:00.Z",
                           "2025-03-09T14:00:00.0000000000Z",
                           "2025-03-09T14:00:00+24:00",
                           "2025-03-09T14:00:00+0400",
                           "2025-03-09T14:00:00Z ",
                           " 2025-03-09T14:00:00Z",
                           "+025-03-09T14:00:00Z",
                           "1969-12-31T23:59:59Z",
                           "2200-01-01T00:00:00Z",
                           "1970-01-01T00:00:00+01:00",
                           "2025-03-09T14:00:00ZZ",
                           "20250309T140000Z"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

TEST(LocalDateText, ExistsOrIsRefused) {
  EXPECT_EQ(LocalDate::parse("2024-02-29")->text(), "2024-02-29");
  EXPECT_EQ(LocalDate::parse("2025-01-15")->weekday(), std::chrono::Wednesday);
  for (const char* text : {"", "2025-02-29", "2025-1-15", "2025-00-10", "2025-01-32", "2025-01-15T", "1969-12-31",
                           "2200-01-01", "20250115", "2025/01/15"}) {
    EXPECT_FALSE(LocalDate::parse(text)) << text;
  }
}

// EVIDENCE: B-1.1
TEST(LocalTimeText, TwentyFourIsTheLegalEndOfADay) {
  EXPECT_EQ(LocalTime::parse("24:00")->since_midnight(), std::chrono::minutes{1440});
  EXPECT_EQ(LocalTime::parse("00:00")->text(), "00:00");
  EXPECT_EQ(LocalTime::parse("23:59")->text(), "23:59");
  for (const char* text : {"", "24:01", "9:00", "09:60", "25:00", "09:00:00", "-1:00", "09.00", "0900"}) {
    EXPECT_FALSE(LocalTime::parse(text)) << text;
  }
  EXPECT_EQ(wall_time(day("2025-01-15"), *LocalTime::parse("24:00")), WallTime{day("2025-01-16").days()});
}

TEST(ZoneName, IsANameAndNeverAPathOrAnOffset) {
  for (const char* name :
       {"UTC", "America/New_York", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "Asia/Calcutta", "CET", "EST5EDT"}) {
    EXPECT_TRUE(ZoneId::parse(name)) << name;
  }
  for (const char* name : {"", "EST", "HST", "MST", "+02:00", "../etc/passwd", "/etc/localtime", "America//X",
                           "America/", "America/New York", "Factory"}) {
    EXPECT_FALSE(ZoneId::parse(name)) << name;
  }
  EXPECT_FALSE(ZoneId::parse(std::string(51, 'A')));
}

TEST(ZoneText, SaysOffsetAndCity) {
  EXPECT_EQ(offset_text(std::chrono::hours{-5}), "UTC\u221205:00");
  EXPECT_EQ(offset_text(std::chrono::minutes{345}), "UTC+05:45");
  EXPECT_EQ(offset_text(std::chrono::seconds{0}), "UTC");
  EXPECT_EQ(city_of(*ZoneId::parse("America/Argentina/Buenos_Aires")), "Buenos Aires");
}

// EVIDENCE: B-1.3
TEST(WallToInstant, AGapBecomesItsTransitionAndARepeatedTimeItsFirstPass) {
  const auto zone = zone_rules("America/New_York");
  const auto instant = [&](const char* date, const char* time) {
    return format_instant(zone->to_instant(day(date), *LocalTime::parse(time)));
  };
  EXPECT_EQ(instant("2025-03-09", "01:59"), "2025-03-09T06:59:00Z");
  EXPECT_EQ(instant("2025-03-09", "02:00"), "2025-03-09T07:00:00Z");
  EXPECT_EQ(instant("2025-03-09", "02:30"), "2025-03-09T07:00:00Z");
  EXPECT_EQ(instant("2025-03-09", "03:00"), "2025-03-09T07:00:00Z");
  EXPECT_EQ(instant("2025-11-02", "01:30"), "2025-11-02T05:30:00Z");
  EXPECT_EQ(instant("2025-11-02", "02:00"), "2025-11-02T07:00:00Z");
}

// EVIDENCE: B-1.3
TEST(WallToInstant, KeepsOrderInEveryZoneThatJumps) {
  for (const char* name : {"America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Apia", "Africa/Cairo",
                           "Asia/Kathmandu", "Antarctica/Troll", "Africa/Casablanca"}) {
    const auto zone = zone_rules(name);
    ZoneCursor cursor;
    Instant last = Instant::min();
    const WallTime end{day("2013-01-01").days()};
    for (WallTime wall{day("2011-01-01").days()}; wall < end; wall += std::chrono::minutes{15}) {
      const Instant instant = zone->to_instant(wall);
      ASSERT_LE(last, instant) << name << " " << format_wall(wall);
      ASSERT_EQ(zone->to_instant(wall, cursor), instant) << name << " " << format_wall(wall);
      ASSERT_GE(zone->wall_at(instant), wall) << name << " " << format_wall(wall);
      last = instant;
    }
  }
}

TEST(WallToInstant, EveryInstantsWallTimeLeadsBackToItOrToItsFirstPass) {
  const auto zone = zone_rules("America/New_York");
  ZoneCursor cursor;
  for (Instant instant = at("2025-01-01T00:00:00Z"); instant < at("2026-01-01T00:00:00Z");
       instant += std::chrono::minutes{15}) {
    const Instant back = zone->to_instant(zone->wall_at(instant));
    const bool is_second_pass = instant >= at("2025-11-02T06:00:00Z") && instant < at("2025-11-02T07:00:00Z");
    ASSERT_EQ(instant - back, is_second_pass ? std::chrono::hours{1} : std::chrono::hours{0});
    ASSERT_EQ(zone->offset_at(instant, cursor), zone->offset_at(instant));
  }
}

TEST(ZoneRulesTable, RefusesTransitionsOutOfOrder) {
  const ZoneRules::Transition before{{}, std::chrono::hours{1}, "A", false};
  const ZoneRules::Transition late{at("2025-01-01T00:00:00Z"), std::chrono::hours{2}, "B", true};
  const ZoneRules::Transition early{at("2024-01-01T00:00:00Z"), std::chrono::hours{1}, "A", false};
  EXPECT_FALSE(ZoneRules::make(before, {late, early}));
  EXPECT_FALSE(ZoneRules::make(before, {late, late}));
  EXPECT_TRUE(ZoneRules::make(before, {early, late}));
  EXPECT_FALSE(ZoneRules::make({{}, std::chrono::hours{27}, "A", false}, {}));
}

}  // namespace
}  // namespace scheduling::testing
