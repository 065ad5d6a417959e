/// The core's speed: how long one host's free times take, beside a bare loop over the same busy time.
///
/// Rules: Monday–Friday 9–17 in New York, 30-minute meetings, 15 minutes before and after. The busy
/// intervals arrive sorted and are spread over the 30 days; behind them may lie years of history.
#include <benchmark/benchmark.h>

#include <random>

#include "plugin/adapters/zones/tz_zone_source.hpp"
#include "plugin/core/assignment/team_slots.hpp"

namespace scheduling {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant k_now = *parse_instant("2025-02-24T12:00:00Z");
const LocalDate k_first = *LocalDate::parse("2025-03-03");

const std::shared_ptr<const ZoneRules>& new_york() {
  static const TzZoneSource zones;
  static const auto rules = zones.rules(*zones.find("America/New_York"));
  return rules;
}

TimeRange window_of(int count) {
  return *window_of_dates(*new_york(), k_first, k_first.plus(days{count - 1}));
}

/// `count` ranges of 15 to 90 minutes, sorted, anywhere in `window`.
std::vector<TimeRange> busy_in(TimeRange window, int count) {
  std::mt19937 random(7);
  std::vector<TimeRange> busy;
  for (int i = 0; i < count; ++i) {
    const Instant start = window.start() + minutes{random() % (window.length() / minutes{1})};
    busy.emplace_back(start, start + minutes{15 + random() % 76});
  }
  std::sort(busy.begin(), busy.end());
  return busy;
}

HostSchedule weekdays_nine_to_five() {
  HostSchedule schedule;
  schedule.zone = *ZoneId::parse("America/New_York");
  std::vector<WeeklyRule> rules;
  for (unsigned day = 1; day <= 5; ++day)
    rules.push_back({std::chrono::weekday{day}, {*LocalTime::parse("09:00"), *LocalTime::parse("17:00")}, true});
  schedule.hours = WeeklyHours{std::move(rules)};
  return schedule;
}

std::vector<BookedMeeting> as_meetings(const std::vector<TimeRange>& ranges) {
  std::vector<BookedMeeting> meetings;
  for (const TimeRange& range : ranges)
    meetings.push_back({MeetingId{static_cast<std::int64_t>(meetings.size()) + 1}, MeetingTypeId{1}, range,
                        BufferMinutes{15}, BufferMinutes{15}, MeetingStatus::scheduled});
  return meetings;
}

SlotContext context_with(std::vector<BookedMeeting> meetings, std::vector<TimeRange> external) {
  SlotContext context;
  context.host = std::make_shared<const HostCalendar>(
      HostCalendar::make(new_york(), weekdays_nine_to_five(), std::move(meetings), std::move(external)));
  context.rules.buffer_before = context.rules.buffer_after = minutes{15};
  context.rules.advance_max = days{365};
  context.type = MeetingTypeId{1};
  context.now = k_now;
  return context;
}

void list(benchmark::State& state, const SlotContext& context, TimeRange window) {
  std::size_t slots = 0;
  for (auto _ : state) {
    const auto found = find_slots(context, window);
    slots = found.size();
    benchmark::DoNotOptimize(found.data());
  }
  state.counters["slots"] = static_cast<double>(slots);
}

void Meetings(benchmark::State& state) {
  const TimeRange month = window_of(30);
  const auto busy = busy_in(month, static_cast<int>(state.range(1)));
  list(state, context_with(as_meetings(busy), {}), window_of(static_cast<int>(state.range(0))));
}

void ExternalEvents(benchmark::State& state) {
  const TimeRange month = window_of(30);
  const auto busy = busy_in(month, static_cast<int>(state.range(1)));
  list(state, context_with({}, busy), window_of(static_cast<int>(state.range(0))));
}

void HalfAndHalf(benchmark::State& state) {
  const TimeRange month = window_of(30);
  const int half = static_cast<int>(state.range(1)) / 2;
  auto external = busy_in({month.start() + minutes{7}, month.end()}, half);
  list(state, context_with(as_meetings(busy_in(month, half)), std::move(external)),
       window_of(static_cast<int>(state.range(0))));
}

/// A hundred meetings inside the window, a hundred thousand before it.
void LongHistory(benchmark::State& state) {
  const TimeRange month = window_of(30);
  auto busy = busy_in({month.start() - days{3650}, month.start() - days{3}}, 100'000);
  for (const TimeRange& range : busy_in(month, 100)) busy.push_back(range);
  list(state, context_with(as_meetings(busy), {}), window_of(static_cast<int>(state.range(0))));
}

void WithLimits(benchmark::State& state) {
  const TimeRange month = window_of(30);
  SlotContext context = context_with(as_meetings(busy_in(month, static_cast<int>(state.range(1)))), {});
  context.rules.daily_limit = 40;
  context.rules.weekly_limit = 280;
  list(state, context, window_of(static_cast<int>(state.range(0))));
}

/// Judging one start, as a booking does.
void Judge(benchmark::State& state) {
  const TimeRange month = window_of(30);
  const SlotContext context = context_with(as_meetings(busy_in(month, static_cast<int>(state.range(1)))), {});
  const Instant start = find_slots(context, month).front().start();
  for (auto _ : state) benchmark::DoNotOptimize(check_slot(context, start));
}

/// Fifty hosts, each with other meetings; a round-robin page lists the union.
void Team(benchmark::State& state) {
  const TimeRange month = window_of(30);
  std::vector<SlotContext> members;
  for (int i = 0; i < state.range(0); ++i)
    members.push_back(context_with(as_meetings(busy_in({month.start() + minutes{i}, month.end()}, 100)), {}));
  for (auto _ : state) benchmark::DoNotOptimize(team_starts(members, TeamMode::any, month).data());
}

/// The least anybody could do: one pass over the days and over merged busy time, no rules, no zone.
void BareLoop(benchmark::State& state) {
  const TimeRange month = window_of(30);
  const TimeRange window = window_of(static_cast<int>(state.range(0)));
  const auto sorted = busy_in(month, static_cast<int>(state.range(1)));
  const seconds buffer = minutes{15};
  const seconds length = minutes{30};
  std::vector<TimeRange> busy;
  std::vector<TimeRange> found;
  for (auto _ : state) {
    busy.clear();
    found.clear();
    for (const TimeRange& range : sorted) {
      if (!busy.empty() && range.start() - buffer <= busy.back().end())
        busy.back() = {busy.back().start(), std::max(busy.back().end(), range.end() + buffer)};
      else
        busy.emplace_back(range.start() - buffer, range.end() + buffer);
    }
    auto next = busy.begin();
    for (Instant day = window.start(); day < window.end(); day += days{1}) {
      const auto weekday = std::chrono::weekday{std::chrono::floor<days>(day)};
      if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) continue;
      for (Instant start = day + std::chrono::hours{9}; start + length <= day + std::chrono::hours{17};
           start += length) {
        while (next != busy.end() && next->end() <= start) ++next;
        if (next == busy.end() || next->start() >= start + length) found.emplace_back(start, start + length);
      }
    }
    benchmark::DoNotOptimize(found.data());
  }
}

void days_and_busy(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"days", "busy"})
      ->Args({30, 0})
      ->Args({30, 100})
      ->Args({30, 1000})
      ->Args({1, 100})
      ->Args({62, 100});
}

BENCHMARK(BareLoop)->Apply(days_and_busy);
BENCHMARK(Meetings)->Apply(days_and_busy);
BENCHMARK(ExternalEvents)->Apply(days_and_busy);
BENCHMARK(HalfAndHalf)->Apply(days_and_busy);
BENCHMARK(WithLimits)->Apply(days_and_busy);
BENCHMARK(LongHistory)->ArgNames({"days"})->Arg(30)->Arg(1);
BENCHMARK(Team)->ArgNames({"hosts"})->Arg(1)->Arg(50);
BENCHMARK(Judge)->ArgNames({"days", "busy"})->Args({30, 100});

}  // namespace
}  // namespace scheduling

BENCHMARK_MAIN();
