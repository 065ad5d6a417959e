#include "plugin/core/availability/find_slots.hpp"

#include <algorithm>
#include <cassert>
#include <span>

#include "plugin/core/availability/bookable_time.hpp"
#include "plugin/core/availability/busy_time.hpp"
#include "plugin/core/availability/lay_grid.hpp"
#include "plugin/core/availability/meeting_limits.hpp"
#include "plugin/core/availability/open_time.hpp"

namespace scheduling {
namespace {

using std::chrono::days;

/// Walks forward through busy time; asked about candidates in order of their starts.
class BusyCursor {
 public:
  explicit BusyCursor(const IntervalSet& busy) : next_(busy.ranges().begin()), end_(busy.ranges().end()) {}
  bool overlaps(Instant start, Instant end) {
    while (next_ != end_ && next_->end() <= start) ++next_;
    return next_ != end_ && next_->start() < end;
  }

 private:
  std::span<const TimeRange>::iterator next_;
  std::span<const TimeRange>::iterator end_;
};

/// What remains to be asked of a grid start that lies in open and bookable time.
class Candidates {
 public:
  Candidates(const SlotContext& context, const IntervalSet& busy)
      : zone_(context.zone()), duration_(context.rules.duration), busy_(busy), limits_(context) {}

  bool accepts(Instant start) {
    if (busy_.overlaps(start, start + duration_)) return false;
    if (!limits_.any()) return true;
    return !limits_.refusal_on(zone_.date_at(start, cursor_));
  }

 private:
  const ZoneRules& zone_;
  std::chrono::minutes duration_;
  BusyCursor busy_;
  MeetingLimits limits_;
  ZoneCursor cursor_;
};

void collect_starts(const OpenSpan& span, const SlotContext& context, TimeRange window, Candidates& candidates,
                    std::vector<TimeRange>& found) {
  const SchedulingRules& rules = context.rules;
  const Instant stop = std::min(span.end, window.end());
  Instant start = start_not_before(first_start(span, rules, context.zone()), rules.interval, window.start());
  for (; start < stop && start + rules.duration <= span.joined_end; start += rules.interval) {
    if (candidates.accepts(start)) found.emplace_back(start, start + rules.duration);
  }
}

/// At least as many as collect_starts() can find in all of them.
std::size_t starts_max(std::span<const OpenSpan> spans, std::chrono::seconds interval) {
  std::size_t count = 0;
  for (const OpenSpan& span : spans) count += static_cast<std::size_t>((span.end - span.start) / interval) + 1;
  return count;
}

/// Those that touch `time`; `spans` are in order.
std::span<const OpenSpan> spans_in(const std::vector<OpenSpan>& spans, TimeRange time) {
  const auto first = std::ranges::find_if(spans, [&](const OpenSpan& span) { return span.end > time.start(); });
  return {first, std::ranges::lower_bound(first, spans.end(), time.end(), {}, &OpenSpan::start)};
}

std::optional<UnavailableReason> name_hours(const SlotContext& context, TimeRange candidate) {
  const std::vector<OpenSpan> spans = open_time(context, candidate, Overrides::applied);
  const OpenSpan* span = span_holding(spans, candidate);
  if (span != nullptr) {
    const Instant first = first_start(*span, context.rules, context.zone());
    const bool on_grid = start_not_before(first, context.rules.interval, candidate.start()) == candidate.start();
    return on_grid ? std::nullopt : std::optional{UnavailableReason::off_grid};
  }
  const std::vector<OpenSpan> weekly = open_time(context, candidate, Overrides::ignored);
  return span_holding(weekly, candidate) != nullptr ? UnavailableReason::overridden : UnavailableReason::outside_hours;
}

/// The rule that refuses `candidate`, which find_slots() did not list.
UnavailableReason name_refusal(const SlotContext& context, TimeRange candidate) {
  if (const auto refusal = BookableTime::of(context).refusal_of(candidate.start())) return *refusal;
  if (const auto refusal = name_hours(context, candidate)) return *refusal;
  if (context.unreadable == BrokenCalendarAction::block) return UnavailableReason::calendar_unreadable;
  if (const auto refusal = name_busy(context, candidate)) return *refusal;
  const auto refusal = MeetingLimits{context}.refusal_on(context.zone().date_at(candidate.start()));
  assert(refusal && "what listing refuses has a name");
  return refusal.value_or(UnavailableReason::outside_hours);
}

}  // namespace

std::vector<TimeRange> find_slots(const SlotContext& context, TimeRange window) {
  std::vector<TimeRange> found;
  if (context.unreadable == BrokenCalendarAction::block) return found;
  const auto bookable = BookableTime::of(context).clip(window);
  if (!bookable) return found;
  const std::vector<OpenSpan> spans = open_time(context, *bookable, Overrides::applied);
  const IntervalSet busy = busy_for(context, *bookable);
  Candidates candidates{context, busy};
  const auto relevant = spans_in(spans, *bookable);
  found.reserve(starts_max(relevant, context.rules.interval));
  for (const OpenSpan& span : relevant) collect_starts(span, context, *bookable, candidates, found);
  return found;
}

std::optional<UnavailableReason> check_slot(const SlotContext& context, Instant start) {
  if (!find_slots(context, {start, start + std::chrono::seconds{1}}).empty()) return std::nullopt;
  return name_refusal(context, {start, start + context.rules.duration});
}

std::vector<Instant> next_alternatives(const SlotContext& context, TimeRange window, Instant near, std::size_t count) {
  std::vector<Instant> starts;
  for (const TimeRange& slot : find_slots(context, window)) starts.push_back(slot.start());
  const auto distance = [near](Instant start) { return start < near ? near - start : start - near; };
  const auto nearer = [&](Instant a, Instant b) {
    return distance(a) != distance(b) ? distance(a) < distance(b) : a < b;
  };
  const std::size_t kept = std::min(count, starts.size());
  std::partial_sort(starts.begin(), starts.begin() + static_cast<std::ptrdiff_t>(kept), starts.end(), nearer);
  starts.resize(kept);
  std::sort(starts.begin(), starts.end());
  return starts;
}

std::vector<Instant> nearest_of(const std::vector<TimeRange>& times, Instant near, std::size_t count) {
  std::vector<Instant> starts;
  for (const TimeRange& time : times) starts.push_back(time.start());
  std::ranges::stable_sort(starts, {}, [near](Instant start) { return start < near ? near - start : start - near; });
  if (starts.size() > count) starts.resize(count);
  std::ranges::sort(starts);
  return starts;
}

std::optional<TimeRange> window_of_dates(const ZoneRules& booker_zone, LocalDate from, LocalDate until) {
  if (until < from) return std::nullopt;
  return TimeRange::make(booker_zone.start_of(from), booker_zone.start_of(until.plus(days{1})));
}

TimeRange calendar_needed_for(TimeRange window) {
  // A week to either side, a day for the zone, a day and a half for a long meeting with its buffers.
  constexpr days k_reach{10};
  return {window.start() - k_reach, window.end() + k_reach};
}

std::pair<LocalDate, LocalDate> dates_needed_for(TimeRange window) {
  const auto date = [](Instant instant) { return LocalDate::of(WallTime{instant.time_since_epoch()}); };
  return {date(window.start()).plus(days{-3}), date(window.end()).plus(days{3})};
}

std::string_view name_of(UnavailableReason refusal) {
  switch (refusal) {
    case UnavailableReason::notice: return "notice";
    case UnavailableReason::horizon: return "horizon";
    case UnavailableReason::outside_range: return "outside_range";
    case UnavailableReason::outside_hours: return "outside_hours";
    case UnavailableReason::overridden: return "overridden";
    case UnavailableReason::off_grid: return "off_grid";
    case UnavailableReason::calendar_unreadable: return "calendar_unreadable";
    case UnavailableReason::busy_meeting: return "busy_meeting";
    case UnavailableReason::busy_external: return "busy_external";
    case UnavailableReason::buffer: return "buffer";
    case UnavailableReason::daily_limit_type: return "daily_limit_type";
    case UnavailableReason::weekly_limit_type: return "weekly_limit_type";
    case UnavailableReason::daily_limit_host: return "daily_limit_host";
    case UnavailableReason::weekly_limit_host: return "weekly_limit_host";
  }
  return "outside_hours";
}

Code code_of(UnavailableReason refusal) {
  return refusal < UnavailableReason::calendar_unreadable ? Code::outside_rules : Code::slot_taken;
}

}  // namespace scheduling
