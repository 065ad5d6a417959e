#include "tests/oracle/oracle.hpp"

#include <algorithm>
#include <array>

namespace oracle {
namespace {

constexpr int k_day = 1440;

Date floor_day(Minute wall) {
  return wall >= 0 ? wall / k_day : -((-wall + k_day - 1) / k_day);
}
int weekday_of(Date date) {
  return static_cast<int>(((date + 4) % 7 + 7) % 7);
}  // 1970-01-01 was a Thursday

using DayMinutes = std::array<bool, k_day>;

void paint(DayMinutes& minutes, Span span, bool value) {
  for (int i = span.start; i < span.end; ++i) minutes[static_cast<std::size_t>(i)] = value;
}

DayMinutes open_minutes(const Question& q, Date date) {
  DayMinutes open{};
  for (const Rule& rule : q.rules) {
    if (rule.weekday == weekday_of(date) && rule.is_available) paint(open, rule.span, true);
  }
  for (const Rule& rule : q.rules) {
    if (rule.weekday == weekday_of(date) && !rule.is_available) paint(open, rule.span, false);
  }
  bool is_replaced = false;
  for (const Override& each : q.overrides) {
    if (each.date != date || !each.is_available) continue;
    if (!is_replaced) open.fill(false);
    is_replaced = true;
    paint(open, *each.span, true);
  }
  for (const Override& each : q.overrides) {
    if (each.date != date || each.is_available) continue;
    paint(open, each.span.value_or(Span{0, k_day}), false);
  }
  if ((q.days >> weekday_of(date) & 1u) == 0) open.fill(false);
  if (q.hours) {
    DayMinutes allowed{};
    for (const Span span : *q.hours) paint(allowed, span, true);
    for (std::size_t i = 0; i < k_day; ++i) open[i] = open[i] && allowed[i];
  }
  return open;
}

std::vector<Span> spans_of(const DayMinutes& open) {
  std::vector<Span> spans;
  for (int i = 0; i < k_day; ++i) {
    if (!open[static_cast<std::size_t>(i)]) continue;
    if (spans.empty() || spans.back().end != i) spans.push_back({i, i});
    spans.back().end = i + 1;
  }
  return spans;
}

/// The first minute at which the wall clock shows `wall` or later, found by looking at every minute.
Minute first_showing(const Question& q, Minute wall) {
  Minute t = wall - 27 * 60;
  while (t + q.offset(t) < wall) ++t;
  return t;
}

struct Interval {
  Minute start;
  Minute end;
  Minute grid;
};

std::vector<Interval> intervals(const Question& q, Date first, Date last) {
  std::vector<Interval> result;
  for (Date date = first; date <= last; ++date) {
    for (const Span span : spans_of(open_minutes(q, date))) {
      const Minute start = first_showing(q, date * k_day + span.start);
      const Minute end = first_showing(q, date * k_day + span.end);
      Minute grid = start;
      if (q.is_clock_aligned) {
        while (grid < end && (grid + q.offset(grid) - floor_day(grid + q.offset(grid)) * k_day) % q.interval != 0)
          ++grid;
      }
      if (start < end) result.push_back({start, end, grid});
    }
  }
  return result;
}

bool on_grid(const Question& q, const std::vector<Interval>& open, Minute t) {
  return std::any_of(open.begin(), open.end(), [&](const Interval& each) {
    return t >= each.grid && t < each.end && (t - each.grid) % q.interval == 0;
  });
}

bool is_open(const std::vector<Interval>& open, Minute t) {
  return std::any_of(open.begin(), open.end(), [&](const Interval& each) { return t >= each.start && t < each.end; });
}

bool is_within(const Question& q, const std::vector<Interval>& open, Minute t) {
  for (Minute minute = t; minute < t + q.duration; ++minute) {
    if (!is_open(open, minute)) return false;
  }
  return true;
}

bool is_free(const Question& q, Minute t) {
  const Minute end = t + q.duration;
  for (const Meeting& meeting : q.meetings) {
    if (!meeting.is_live || meeting.id == q.moving) continue;
    const bool is_after_us = meeting.start >= end + std::max(q.buffer_after, meeting.buffer_before);
    const bool is_before_us = t >= meeting.end + std::max(q.buffer_before, meeting.buffer_after);
    if (!is_after_us && !is_before_us) return false;
  }
  for (const auto& [busy_start, busy_end] : q.external) {
    if (busy_start < end + q.buffer_after && t < busy_end + q.buffer_before) return false;
  }
  return true;
}

Date date_of(const Question& q, Minute t) {
  return floor_day(t + q.offset(t));
}

Date week_of(const Question& q, Date date) {
  while (weekday_of(date) != q.week_start) --date;
  return date;
}

bool is_within_limits(const Question& q, Minute t) {
  const Date date = date_of(q, t);
  int type_day = 0, type_week = 0, host_day = 0, host_week = 0;
  for (const Meeting& meeting : q.meetings) {
    if (!meeting.is_counted || meeting.id == q.moving) continue;
    const Date theirs = date_of(q, meeting.start);
    const bool same_week = week_of(q, theirs) == week_of(q, date);
    host_day += theirs == date;
    host_week += same_week;
    type_day += theirs == date && meeting.type == q.type;
    type_week += same_week && meeting.type == q.type;
  }
  const auto is_full = [](std::optional<int> limit, int count) { return limit && count >= *limit; };
  return !is_full(q.type_daily, type_day) && !is_full(q.type_weekly, type_week) && !is_full(q.host_daily, host_day) &&
         !is_full(q.host_weekly, host_week);
}

bool is_bookable(const Question& q, Minute t) {
  const Date date = date_of(q, t);
  if (t < q.now + q.notice) return false;
  if (q.days_ahead && date > date_of(q, q.now) + *q.days_ahead) return false;
  if (q.bookable_from && date < *q.bookable_from) return false;
  return !q.bookable_until || date <= *q.bookable_until;
}

}  // namespace

std::vector<Minute> starts(const Question& q, Minute from, Minute until) {
  const std::vector<Interval> open = intervals(q, floor_day(from) - 2, floor_day(until) + 3);
  std::vector<Minute> result;
  for (Minute t = from; t < until; ++t) {
    if (on_grid(q, open, t) && is_bookable(q, t) && is_within(q, open, t) && is_free(q, t) && is_within_limits(q, t)) {
      result.push_back(t);
    }
  }
  return result;
}

}  // namespace oracle
