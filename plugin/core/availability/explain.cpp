#include "plugin/core/availability/explain.hpp"

#include <algorithm>

#include "plugin/core/availability/lay_grid.hpp"
#include "plugin/core/availability/open_time.hpp"

namespace scheduling {
namespace {

using std::chrono::days;

SlotContext without_narrowing(SlotContext context) {
  context.rules.drop_narrowing();
  return context;
}

HoursFacts hours_facts(const SlotContext& context, TimeRange candidate) {
  const ZoneRules& zone = context.zone();
  HoursFacts facts;
  facts.date = zone.date_at(candidate.start());
  DayHours hours{context, Overrides::applied};
  const auto open = hours.on(facts.date);
  facts.open.assign(open.begin(), open.end());
  const LocalDate last = zone.date_at(candidate.end() - std::chrono::seconds{1});
  std::ranges::copy_if(context.host->schedule.overrides, std::back_inserter(facts.overrides),
                       [&](const DayOverride& each) { return facts.date <= each.date && each.date <= last; });
  const std::vector<OpenSpan> spans = open_time(context, candidate, Overrides::applied);
  if (span_holding(spans, candidate) != nullptr) return facts;
  const std::vector<OpenSpan> of_host = open_time(without_narrowing(context), candidate, Overrides::applied);
  facts.is_narrowed = span_holding(of_host, candidate) != nullptr;
  if (const OpenSpan* span = span_at(spans, candidate.start())) facts.open_until = span->joined_end;
  return facts;
}

/// Keeps what of the span's grid comes nearest to `start`.
void look_beside(const OpenSpan& span, const SlotContext& context, Instant start, GridFacts& facts) {
  const SchedulingRules& rules = context.rules;
  const Instant stop = std::min(span.end, span.joined_end - rules.duration + std::chrono::seconds{1});
  for (Instant each = first_start(span, rules, context.zone()); each < stop; each += rules.interval) {
    if (each < start) {
      facts.previous = each;
    } else if (each > start) {
      if (!facts.next) facts.next = each;
      return;
    }
  }
}

GridFacts grid_facts(const SlotContext& context, TimeRange candidate) {
  GridFacts facts{hours_facts(context, candidate), context.rules.interval, std::nullopt, std::nullopt};
  for (const OpenSpan& span : open_time(context, candidate, Overrides::applied))
    if (span.date == facts.hours.date) look_beside(span, context, candidate.start(), facts);
  return facts;
}

UnavailableFacts busy_facts(const SlotContext& context, TimeRange candidate) {
  if (auto conflict = find_conflict(context, candidate)) return *conflict;
  return {};
}

UnavailableFacts limit_facts(const SlotContext& context, TimeRange candidate) {
  if (auto reached = MeetingLimits{context}.reached_on(context.zone().date_at(candidate.start()))) return *reached;
  return {};
}

UnavailableFacts facts_of(const SlotContext& context, TimeRange candidate, UnavailableReason rule) {
  const SchedulingRules& rules = context.rules;
  switch (rule) {
    case UnavailableReason::notice: return NoticeFacts{context.now + rules.notice_min, rules.notice_min};
    case UnavailableReason::horizon: {
      const days ahead = rules.advance_max.value_or(days{0});
      return HorizonFacts{context.zone().date_at(context.now).plus(ahead), ahead};
    }
    case UnavailableReason::outside_range: return RangeFacts{rules.bookable_from, rules.bookable_until};
    case UnavailableReason::outside_hours:
    case UnavailableReason::overridden: return hours_facts(context, candidate);
    case UnavailableReason::off_grid: return grid_facts(context, candidate);
    case UnavailableReason::calendar_unreadable: return {};
    case UnavailableReason::busy_meeting:
    case UnavailableReason::busy_external:
    case UnavailableReason::buffer: return busy_facts(context, candidate);
    case UnavailableReason::daily_limit_type:
    case UnavailableReason::weekly_limit_type:
    case UnavailableReason::daily_limit_host:
    case UnavailableReason::weekly_limit_host: return limit_facts(context, candidate);
  }
  return {};
}

}  // namespace

Explanation explain_as(const SlotContext& context, TimeRange candidate, UnavailableReason rule) {
  return {candidate, context.zone().wall_at(candidate.start()), rule, facts_of(context, candidate, rule)};
}

Explanation explain(const SlotContext& context, Instant start) {
  const TimeRange candidate{start, start + context.rules.duration};
  if (const auto rule = check_slot(context, start)) return explain_as(context, candidate, *rule);
  return {candidate, context.zone().wall_at(start), std::nullopt, {}};
}

}  // namespace scheduling
