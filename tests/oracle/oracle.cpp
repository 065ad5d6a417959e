#include "oracle.hpp"

#include <algorithm>
#include <array>

namespace oracle {
namespace {

constexpr int k_day = 1440;
constexpr int k_reach = 27 * 60;  // further than any zone is from UTC

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

void apply_overrides(const Question& q, Date date, DayMinutes& open) {
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
}

DayMinutes open_minutes(const Question& q, Date date, bool with_overrides) {
  DayMinutes open{};
  for (const bool is_available : {true, false}) {
    for (const Rule& rule : q.rules) {
      if (rule.weekday == weekday_of(date) && rule.is_available == is_available) paint(open, rule.span, is_available);
    }
  }
  if (with_overrides) apply_overrides(q, date, open);
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

}  // namespace

Answers::Answers(const Question& question, Minute from, Minute until)
    : q_(question), from_(from), until_(until), first_(floor_day(from) - 2), last_(floor_day(until) + 3) {
  read_the_clock();
  real_ = hours(true);
  for (const Meeting& meeting : q_.meetings) {
    if (!meeting.is_counted || meeting.id == q_.moving) continue;
    const Date date = date_of(meeting.start);
    counted_.push_back({date, week_of(date), meeting.type == q_.type});
  }
}

void Answers::read_the_clock() {
  begin_ = first_ * k_day - k_reach;
  const Minute end = (last_ + 1) * k_day + k_reach;
  wall_.reserve(static_cast<std::size_t>(end - begin_));
  latest_.reserve(wall_.capacity());
  int offset = q_.zone->minutes_at(begin_);
  auto changes = q_.zone->changes(begin_ * 60, end * 60);
  changes.push_back({end * 60, 0});
  for (const Zone::Change& next : changes) {
    for (Minute t = begin_ + static_cast<Minute>(wall_.size()); t < next.at / 60; ++t) wall_.push_back(t + offset);
    offset = next.offset / 60;
  }
  for (const Minute wall : wall_) latest_.push_back(latest_.empty() ? wall : std::max(wall, latest_.back()));
}

Answers::Hours Answers::hours(bool with_overrides) const {
  Hours result{std::vector<bool>(wall_.size()), std::vector<int>(wall_.size())};
  std::size_t t = 0;
  // The first minute at which the wall clock shows this or later; asked about ever later times.
  const auto first_showing = [&](Minute wall) {
    while (latest_[t] < wall) ++t;
    return t;
  };
  for (Date date = first_; date <= last_; ++date) {
    // What follows without a minute between, because the clocks skip that hour, belongs to the same run.
    std::size_t run_start = 0, run_end = 0;
    for (const Span span : spans_of(open_minutes(q_, date, with_overrides))) {
      const std::size_t start = first_showing(date * k_day + span.start);
      const std::size_t end = first_showing(date * k_day + span.end);
      for (std::size_t i = start; i < end; ++i) result.open_for[i] = 1;
      if (start != run_end) {
        lay_grid(result.on_grid, run_start, run_end);
        run_start = start;
      }
      run_end = end;
    }
    lay_grid(result.on_grid, run_start, run_end);
  }
  for (std::size_t i = wall_.size() - 1; i-- > 0;) {
    if (result.open_for[i] != 0) result.open_for[i] = result.open_for[i + 1] + 1;
  }
  return result;
}

void Answers::lay_grid(std::vector<bool>& on_grid, std::size_t start, std::size_t end) const {
  const auto is_multiple = [&](std::size_t i) { return (wall_[i] - floor_day(wall_[i]) * k_day) % q_.interval == 0; };
  while (q_.is_clock_aligned && start < end && !is_multiple(start)) ++start;
  for (std::size_t i = start; i < end; i += static_cast<std::size_t>(q_.interval)) on_grid[i] = true;
}

Date Answers::date_of(Minute minute) const {
  return floor_day(minute + q_.zone->minutes_at(minute));
}

Date Answers::week_of(Date date) const {
  while (weekday_of(date) != q_.week_start) --date;
  return date;
}

bool Answers::weekly_hours_allow(Minute start) const {
  if (!without_overrides_) without_overrides_ = hours(false);
  return without_overrides_->open_for[index(start)] >= q_.duration;
}

std::string_view Answers::time_verdict(Minute start) const {
  if (start * 60 < q_.now + q_.notice * 60) return "notice";
  const Date date = floor_day(latest_[index(start)]);
  const auto today = floor_day(q_.now / 60 + q_.zone->offset_at(q_.now) / 60);
  if (q_.days_ahead && date > today + *q_.days_ahead) return "horizon";
  if (q_.bookable_from && date < *q_.bookable_from) return "outside_range";
  if (q_.bookable_until && date > *q_.bookable_until) return "outside_range";
  if (real_.open_for[index(start)] < q_.duration) {
    return weekly_hours_allow(start) ? "overridden" : "outside_hours";
  }
  return real_.on_grid[index(start)] ? "offered" : "off_grid";
}

std::string_view Answers::busy_verdict(Minute start) const {
  const Minute end = start + q_.duration;
  bool is_in_meeting = false, is_in_event = false, is_too_near = false;
  for (const Meeting& meeting : q_.meetings) {
    if (!meeting.is_live || meeting.id == q_.moving) continue;
    is_in_meeting |= meeting.start < end && start < meeting.end;
    const bool is_after_us = meeting.start >= end + std::max(q_.buffer_after, meeting.buffer_before);
    const bool is_before_us = start >= meeting.end + std::max(q_.buffer_before, meeting.buffer_after);
    is_too_near |= !is_after_us && !is_before_us;
  }
  for (const auto& [busy_start, busy_end] : q_.external) {
    is_in_event |= busy_start < end * 60 && start * 60 < busy_end;
    is_too_near |= busy_start < (end + q_.buffer_after) * 60 && start * 60 < busy_end + q_.buffer_before * 60;
  }
  return is_in_meeting ? "busy_meeting" : is_in_event ? "busy_external" : is_too_near ? "buffer" : "offered";
}

std::string_view Answers::limit_verdict(Minute start) const {
  const Date date = date_of(start);
  const Date week = week_of(date);
  int type_day = 0, type_week = 0, host_day = 0, host_week = 0;
  for (const Counted& each : counted_) {
    host_day += each.date == date;
    host_week += each.week == week;
    type_day += each.date == date && each.is_same_type;
    type_week += each.week == week && each.is_same_type;
  }
  const auto is_full = [](std::optional<int> limit, int count) { return limit && count >= *limit; };
  if (is_full(q_.type_daily, type_day)) return "daily_limit_type";
  if (is_full(q_.type_weekly, type_week)) return "weekly_limit_type";
  if (is_full(q_.host_daily, host_day)) return "daily_limit_host";
  return is_full(q_.host_weekly, host_week) ? "weekly_limit_host" : "offered";
}

std::string_view Answers::verdict(Minute start) const {
  for (const auto asked : {&Answers::time_verdict, &Answers::busy_verdict, &Answers::limit_verdict}) {
    const std::string_view said = (this->*asked)(start);
    if (said != "offered") return said;
  }
  return "offered";
}

std::vector<Minute> Answers::candidates() const {
  std::vector<Minute> result;
  for (Minute t = from_; t < until_; ++t) {
    if (real_.on_grid[index(t)] && real_.open_for[index(t)] >= q_.duration && time_verdict(t) == "offered")
      result.push_back(t);
  }
  return result;
}

std::vector<Minute> Answers::starts() const {
  std::vector<Minute> result;
  for (const Minute t : candidates()) {
    if (verdict(t) == "offered") result.push_back(t);
  }
  return result;
}

}  // namespace oracle
