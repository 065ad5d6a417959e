#include "tests/oracle/random_case.hpp"

#include <array>


namespace scheduling::testing {
namespace {

using std::chrono::minutes;

/// A zone and a date near which something happens to its clock, or does not.
struct Place {
  const char* zone;
  const char* date;
};
constexpr std::array<Place, 16> k_places = {{{"America/New_York", "2025-03-09"},
                                             {"America/New_York", "2025-11-02"},
                                             {"America/New_York", "2025-01-15"},
                                             {"Australia/Lord_Howe", "2025-04-06"},
                                             {"Australia/Lord_Howe", "2025-10-05"},
                                             {"Pacific/Chatham", "2025-04-06"},
                                             {"Pacific/Chatham", "2025-09-28"},
                                             {"Pacific/Apia", "2011-12-30"},
                                             {"Africa/Cairo", "2024-04-26"},
                                             {"Africa/Cairo", "2024-10-31"},
                                             {"Asia/Kathmandu", "2025-01-15"},
                                             {"Antarctica/Troll", "2025-03-30"},
                                             {"Antarctica/Troll", "2025-10-26"},
                                             {"America/Havana", "2025-03-09"},
                                             {"Europe/Berlin", "2025-10-26"},
                                             {"UTC", "2025-01-15"}}};

class Dice {
 public:
  explicit Dice(std::mt19937& random) : random_(random) {}
  int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  int one_of(std::initializer_list<int> values) { return values.begin()[below(static_cast<int>(values.size()))]; }
  bool one_in(int count) { return below(count) == 0; }
  oracle::Span span() {
    const int start = below(90) * 15;
    return {start, std::min(1440, start + 15 + below(40) * 15)};
  }

 private:
  std::mt19937& random_;
};

LocalTime time_of(int minute) {
  return LocalTime::make(minutes{minute}).value();
}
LocalSpan local(oracle::Span span) {
  return {time_of(span.start), time_of(span.end)};
}
LocalDate date_of(oracle::Date date) {
  return LocalDate{std::chrono::local_days{std::chrono::days{date}}};
}

void choose_hours(RandomCase& c, Dice& dice, oracle::Date around) {
  std::vector<WeeklyRule> rules;
  const bool is_round_the_clock = dice.one_in(6);
  for (int weekday = 0; weekday < 7; ++weekday) {
    const int count = is_round_the_clock ? 1 : dice.below(4);
    for (int i = 0; i < count; ++i) {
      const oracle::Span span = is_round_the_clock ? oracle::Span{0, 1440} : dice.span();
      const bool is_available = is_round_the_clock || !dice.one_in(4);
      c.question.rules.push_back({weekday, span, is_available});
      rules.push_back({std::chrono::weekday{static_cast<unsigned>(weekday)}, local(span), is_available});
    }
  }
  c.offer.host.hours = WeeklyHours{std::move(rules)};
  for (int i = dice.below(4); i > 0; --i) {
    const oracle::Date date = around - 2 + dice.below(5);
    const bool is_available = dice.one_in(2);
    std::optional<oracle::Span> span;
    if (is_available || !dice.one_in(3)) span = dice.span();
    c.question.overrides.push_back({date, is_available, span});
    c.offer.host.overrides.push_back(
        {OverrideId{i}, date_of(date), is_available, span ? std::optional{local(*span)} : std::nullopt, {}});
  }
}

void choose_meetings(RandomCase& c, Dice& dice) {
  constexpr std::array<MeetingStatus, 6> k_statuses = {MeetingStatus::scheduled, MeetingStatus::scheduled,
                                                       MeetingStatus::pending,   MeetingStatus::completed,
                                                       MeetingStatus::cancelled, MeetingStatus::no_show};
  const int span = static_cast<int>(c.until - c.from) + 4 * 1440;
  for (int i = dice.below(7); i > 0; --i) {
    const oracle::Minute start = c.from - 2 * 1440 + dice.below(span / 5) * 5;
    const oracle::Minute end = start + dice.one_of({15, 30, 60, 90});
    const MeetingStatus status = k_statuses[static_cast<std::size_t>(dice.below(6))];
    const int before = dice.one_of({0, 0, 10, 30});
    const int after = dice.one_of({0, 0, 15, 45});
    const int type = 1 + dice.below(2);
    c.question.meetings.push_back({i, type, start, end, before, after, is_live(status), counts_for_limits(status)});
    c.offer.meetings.push_back({MeetingId{i},
                                MeetingTypeId{type},
                                {instant_of(start), instant_of(end)},
                                minutes{before},
                                minutes{after},
                                status});
  }
  for (int i = dice.below(4); i > 0; --i) {
    const oracle::Minute start = c.from - 1440 + dice.below(span / 5) * 5;
    const oracle::Minute end = start + 5 + dice.below(300);
    c.question.external.emplace_back(start, end);
    c.offer.external_busy.emplace_back(instant_of(start), instant_of(end));
  }
  if (dice.one_in(3)) {
    c.question.moving = 1 + dice.below(6);
    c.offer.moving = MeetingId{c.question.moving};
  }
}

void choose_limits(RandomCase& c, Dice& dice) {
  const auto limit = [&](std::optional<int>& asked, std::optional<std::int32_t>& given) {
    if (!dice.one_in(4)) return;
    asked = 1 + dice.below(3);
    given = *asked;
  };
  limit(c.question.type_daily, c.offer.rules.daily_limit);
  limit(c.question.type_weekly, c.offer.rules.weekly_limit);
  limit(c.question.host_daily, c.offer.host.daily_limit);
  limit(c.question.host_weekly, c.offer.host.weekly_limit);
  c.question.week_start = dice.below(7);
  c.offer.host.week_start = std::chrono::weekday{static_cast<unsigned>(c.question.week_start)};
}

void choose_rules(RandomCase& c, Dice& dice, oracle::Date around) {
  oracle::Question& q = c.question;
  SchedulingRules& rules = c.offer.rules;
  rules.duration = minutes{q.duration = dice.one_of({5, 15, 20, 30, 45, 60, 90, 720})};
  rules.interval = minutes{q.interval = dice.one_of({5, 10, 15, 25, 30, 45, 60, 100})};
  q.is_clock_aligned = dice.one_in(2);
  rules.align = q.is_clock_aligned ? Align::clock : Align::start;
  rules.buffer_before = minutes{q.buffer_before = dice.one_of({0, 0, 5, 30})};
  rules.buffer_after = minutes{q.buffer_after = dice.one_of({0, 0, 10, 60})};
  rules.notice_min = minutes{q.notice = dice.one_of({0, 60, 240})};
  if (dice.one_in(2)) {
    q.days_ahead = dice.below(4);
    rules.advance_max = std::chrono::days{*q.days_ahead};
  }
  if (dice.one_in(5)) rules.bookable_from = date_of(*(q.bookable_from = around - 1 + dice.below(3)));
  if (dice.one_in(5)) rules.bookable_until = date_of(*(q.bookable_until = around - 1 + dice.below(3)));
  if (dice.one_in(4)) {
    q.days = static_cast<unsigned>(dice.below(128));
    rules.days = std::bitset<7>{q.days};
  }
  if (dice.one_in(4)) {
    q.hours = std::vector<oracle::Span>{dice.span(), dice.span()};
    rules.hours = unite({local((*q.hours)[0]), local((*q.hours)[1])});
  }
}

}  // namespace

RandomCase make_case(std::mt19937& random) {
  Dice dice{random};
  RandomCase c;
  const Place place = k_places[static_cast<std::size_t>(dice.below(static_cast<int>(k_places.size())))];
  c.zone = place.zone;
  c.offer.zone = zone_rules(place.zone);
  c.offer.type = MeetingTypeId{1};
  const oracle::Date around = day(place.date).days().time_since_epoch().count();
  c.from = (around - 1) * 1440 + dice.below(2880);
  c.until = c.from + 1 + dice.below(3 * 1440);
  c.question.now = c.from - 1440 + dice.below(2 * 1440);
  c.offer.now = instant_of(c.question.now);
  c.question.offset = [zone = c.offer.zone](oracle::Minute minute) {
    return static_cast<int>(std::chrono::duration_cast<minutes>(zone->offset_at(instant_of(minute))).count());
  };
  choose_hours(c, dice, around);
  choose_rules(c, dice, around);
  choose_meetings(c, dice);
  choose_limits(c, dice);
  return c;
}

}  // namespace scheduling::testing
