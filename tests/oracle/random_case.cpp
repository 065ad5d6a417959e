#include "tests/oracle/random_case.hpp"

#include <ostream>

#include "tests/oracle/places.hpp"

namespace scheduling::testing {
namespace {

using std::chrono::minutes;

LocalSpan local(oracle::Span span) {
  return {LocalTime::make(minutes{span.start}).value(), LocalTime::make(minutes{span.end}).value()};
}
LocalDate local_date(oracle::Date date) {
  return LocalDate{std::chrono::local_days{std::chrono::days{date}}};
}

/// When the host's date begins; near enough on the days on which that is a question.
oracle::Minute midnight_of(const RandomCase& c, oracle::Date date) {
  return date * 1440 - c.question.zone->minutes_at(date * 1440);
}

/// Mostly up to three days; now and then minutes, two weeks, or two months.
void choose_window(RandomCase& c, Dice& dice, oracle::Date around) {
  c.from = (around - 1) * 1440 + dice.below(2880);
  if (dice.one_in(5)) c.from = midnight_of(c, around - 1 + dice.below(3));
  const int length_max = dice.one_in(6) ? 30 : dice.one_in(15) ? 14 * 1440 : dice.one_in(80) ? 62 * 1440 : 3 * 1440;
  c.until = c.from + 1 + dice.below(length_max);
}

/// What one weekday's rules say.
std::vector<oracle::Rule> any_rules(Dice& dice, int fewest) {
  std::vector<oracle::Rule> rules;
  for (int i = fewest + dice.below(3); i > 0; --i) rules.push_back({0, dice.span(), !dice.one_in(5)});
  return rules;
}

/// Open all day, perhaps but for an hour that the clock may skip, so that what is left of the day touches.
std::vector<oracle::Rule> round_the_clock(int hour_off) {
  std::vector<oracle::Rule> rules{{0, {0, 1440}, true}};
  if (hour_off >= 0) rules.push_back({0, {hour_off * 60, hour_off * 60 + 60}, false});
  return rules;
}

void choose_weekly_hours(RandomCase& c, Dice& dice) {
  const bool is_round_the_clock = dice.one_in(5);
  const int hour_off = dice.one_of({-1, -1, 0, 1, 2, 23});
  const int fewest = dice.below(3);
  std::vector<WeeklyRule> rules;
  for (int weekday = 0; weekday < 7; ++weekday) {
    for (oracle::Rule rule : is_round_the_clock ? round_the_clock(hour_off) : any_rules(dice, fewest)) {
      rule.weekday = weekday;
      c.question.rules.push_back(rule);
      rules.push_back({std::chrono::weekday{static_cast<unsigned>(weekday)}, local(rule.span), rule.is_available});
    }
  }
  c.context.host.hours = WeeklyHours{std::move(rules)};
}

void choose_overrides(RandomCase& c, Dice& dice, oracle::Date around) {
  for (int i = dice.below(4); i > 0; --i) {
    const oracle::Date date = around - 2 + dice.below(5);
    const bool is_available = dice.one_in(2);
    std::optional<oracle::Span> span;
    if (is_available || !dice.one_in(3)) span = dice.span();
    c.question.overrides.push_back({date, is_available, span});
    c.context.host.overrides.push_back(
        {OverrideId{i}, local_date(date), is_available, span ? std::optional{local(*span)} : std::nullopt, {}});
  }
}

/// A moment near which boundaries lie: an end of the window, a midnight of the host, or nothing special.
oracle::Minute moment(const RandomCase& c, Dice& dice) {
  const int days = static_cast<int>((c.until - c.from) / 1440) + 5;
  switch (dice.below(8)) {
    case 0: return c.from;
    case 1: return c.until;
    case 2: return midnight_of(c, c.from / 1440 - 2 + dice.below(days + 1));
    default: return (c.from / 5 - 2 * 288 + dice.below(days * 288)) * 5;
  }
}

void choose_meetings(RandomCase& c, Dice& dice) {
  constexpr MeetingStatus k_statuses[] = {MeetingStatus::scheduled, MeetingStatus::scheduled,  MeetingStatus::scheduled,
                                          MeetingStatus::pending,   MeetingStatus::completed,  MeetingStatus::cancelled,
                                          MeetingStatus::no_show,   MeetingStatus::rescheduled};
  for (int i = dice.below(dice.one_in(4) ? 40 : 7); i > 0; --i) {
    const int length = dice.one_of({15, 30, 30, 60, 60, 90, 240, 720});
    const oracle::Minute start = moment(c, dice) - (dice.one_in(2) ? 0 : dice.below(length / 5 + 1) * 5);
    const MeetingStatus status = dice.any_of(k_statuses);
    const int before = dice.one_of({0, 0, 0, 10, 30, dice.one_in(4) ? 1440 : 60});
    const int after = dice.one_of({0, 0, 0, 15, 45, dice.one_in(4) ? 1440 : 90});
    const int type = 1 + dice.below(2);
    c.question.meetings.push_back(
        {i, type, start, start + length, before, after, is_live(status), counts_for_limits(status)});
    c.context.meetings.push_back({MeetingId{i},
                                  MeetingTypeId{type},
                                  {instant_of(start), instant_of(start + length)},
                                  minutes{before},
                                  minutes{after},
                                  status});
  }
  const auto by_start = [](const BookedMeeting& a, const BookedMeeting& b) { return a.time.start() < b.time.start(); };
  if (dice.one_in(3)) std::sort(c.context.meetings.begin(), c.context.meetings.end(), by_start);
  if (dice.one_in(3)) {
    c.question.moving = 1 + dice.below(6);
    c.context.moving = MeetingId{c.question.moving};
  }
}

/// Calendars hold events of some minutes or several days, overlapping, and not always on a whole minute.
void choose_external(RandomCase& c, Dice& dice) {
  for (int i = dice.below(dice.one_in(6) ? 20 : 4); i > 0; --i) {
    const int length = dice.one_in(10) ? 1440 * (1 + dice.below(4)) : 5 + dice.below(300);
    const oracle::Second start = moment(c, dice) * 60 + (dice.one_in(5) ? dice.below(60) : 0);
    const oracle::Second end = start + length * 60 + (dice.one_in(5) ? dice.below(60) : 0);
    c.question.external.emplace_back(start, end);
    c.context.external_busy.emplace_back(instant_of_second(start), instant_of_second(end));
  }
}

void choose_limits(RandomCase& c, Dice& dice) {
  const int max = dice.one_of({2, 3, 12});
  const auto limit = [&](std::optional<int>& asked, std::optional<std::int32_t>& given) {
    if (!dice.one_in(4)) return;
    asked = 1 + dice.below(max);
    given = *asked;
  };
  limit(c.question.type_daily, c.context.rules.daily_limit);
  limit(c.question.type_weekly, c.context.rules.weekly_limit);
  limit(c.question.host_daily, c.context.host.daily_limit);
  limit(c.question.host_weekly, c.context.host.weekly_limit);
  c.question.week_start = dice.one_in(3) ? dice.below(7) : dice.below(2);
  c.context.host.week_start = std::chrono::weekday{static_cast<unsigned>(c.question.week_start)};
}

void choose_lengths(RandomCase& c, Dice& dice) {
  oracle::Question& q = c.question;
  SchedulingRules& rules = c.context.rules;
  rules.duration =
      minutes{q.duration = dice.one_of({5, 15, 15, 20, 30, 30, 45, 50, 60, 60, 90, dice.one_in(2) ? 240 : 720})};
  rules.interval =
      minutes{q.interval = dice.one_of({5, 10, 15, 15, 25, 30, 30, 45, 60, 60, 100, dice.one_in(2) ? 720 : 1440})};
  if (dice.one_in(40)) rules.interval = minutes{q.interval = 1};
  q.is_clock_aligned = dice.one_in(2);
  rules.align = q.is_clock_aligned ? Align::clock : Align::start;
  const int much = dice.one_of({90, 90, 240, 1440});
  rules.buffer_before = minutes{q.buffer_before = dice.one_of({0, 0, 0, 5, 15, 30, dice.one_in(3) ? much : 0})};
  rules.buffer_after = minutes{q.buffer_after = dice.one_of({0, 0, 0, 10, 15, 60, dice.one_in(3) ? much : 0})};
}

void choose_narrowing(RandomCase& c, Dice& dice) {
  if (dice.one_in(5)) {
    c.question.days = static_cast<unsigned>(dice.below(128));
    c.context.rules.days = std::bitset<7>{c.question.days};
  }
  if (dice.one_in(5)) {
    c.question.hours = std::vector<oracle::Span>{dice.span(), dice.span()};
    c.context.rules.hours = unite({local((*c.question.hours)[0]), local((*c.question.hours)[1])});
  }
}

void choose_horizon(RandomCase& c, Dice& dice, oracle::Date around) {
  oracle::Question& q = c.question;
  SchedulingRules& rules = c.context.rules;
  if (dice.one_in(2)) {
    q.days_ahead = dice.one_in(2) ? dice.one_of({30, 90, 3650}) : 1 + dice.below(4);
    if (dice.one_in(10)) q.days_ahead = 0;
    rules.advance_max = std::chrono::days{*q.days_ahead};
  }
  if (dice.one_in(7)) rules.bookable_from = local_date(*(q.bookable_from = around - 1 + dice.below(3)));
  if (dice.one_in(7)) rules.bookable_until = local_date(*(q.bookable_until = around - 1 + dice.below(3)));
}

/// Comes last: one time in six the notice ends within a second of a start that would otherwise be offered.
void choose_now(RandomCase& c, Dice& dice) {
  oracle::Question& q = c.question;
  const int notice = dice.one_of({0, 0, 60, 240, 1440});
  q.now = (c.from - 2 * 1440 + dice.below(5 * 720)) * 60 + (dice.one_in(4) ? dice.below(60) : 0);
  if (dice.one_in(6)) {
    const auto offered = oracle::Answers{q, c.from, std::min(c.until, c.from + 1440)}.starts();  // without notice
    if (!offered.empty()) q.now = (dice.any_of(offered) - notice) * 60 - 1 + dice.below(3);
  }
  q.notice = notice;
  c.context.rules.notice_min = minutes{notice};
  c.context.now = instant_of_second(q.now);
}

}  // namespace

TimeRange RandomCase::window() const {
  return {instant_of(from), instant_of(until)};
}

RandomCase make_case(unsigned seed) {
  Dice dice{seed};
  const Place place = any_place(dice);
  RandomCase c;
  c.seed = seed;
  c.zone = place.zone;
  c.question.zone = &oracle::Zone::named(place.zone);
  c.context.zone = zone_rules(place.zone);
  c.context.type = MeetingTypeId{1};
  choose_window(c, dice, place.date);
  choose_weekly_hours(c, dice);
  choose_overrides(c, dice, place.date);
  choose_lengths(c, dice);
  choose_narrowing(c, dice);
  choose_horizon(c, dice, place.date);
  choose_meetings(c, dice);
  choose_external(c, dice);
  choose_limits(c, dice);
  choose_now(c, dice);
  return c;
}

std::ostream& operator<<(std::ostream& out, const RandomCase& c) {
  const oracle::Question& q = c.question;
  out << "seed " << c.seed << ": " << c.zone << " " << format_instant(instant_of(c.from)) << " until "
      << format_instant(instant_of(c.until)) << ", now " << format_instant(instant_of_second(q.now)) << " + "
      << q.notice << "m, " << q.duration << "m every " << q.interval << "m by the "
      << (q.is_clock_aligned ? "clock" : "start") << ", buffers " << q.buffer_before << "m/" << q.buffer_after << "m, "
      << q.rules.size() << " rules, " << q.overrides.size() << " overrides, " << q.meetings.size() << " meetings, "
      << q.external.size() << " events\n";
  return out << "again: ORACLE_FIRST_SEED=" << c.seed << " ORACLE_CASES=1 build/release/bin/oracle\n";
}

}  // namespace scheduling::testing
