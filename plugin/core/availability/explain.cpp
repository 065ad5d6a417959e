#include "plugin/core/availability/explain.hpp"

#include <algorithm>

#include "plugin/core/availability/lay_grid.hpp"
#include "plugin/core/availability/open_time.hpp"

namespace scheduling {
namespace {

using std::chrono::days;

Offer without_narrowing(Offer offer) {
  offer.rules.drop_narrowing();
  return offer;
}

HoursFacts hours_facts(const Offer& offer, TimeRange candidate) {
  const ZoneRules& zone = offer.zone();
  HoursFacts facts;
  facts.date = zone.date_at(candidate.start());
  DayHours hours{offer, Overrides::applied};
  const auto open = hours.on(facts.date);
  facts.open.assign(open.begin(), open.end());
  const LocalDate last = zone.date_at(candidate.end() - std::chrono::seconds{1});
  std::ranges::copy_if(offer.host->schedule.overrides, std::back_inserter(facts.overrides),
                       [&](const DayOverride& each) { return facts.date <= each.date && each.date <= last; });
  const std::vector<OpenSpan> spans = open_time(offer, candidate, Overrides::applied);
  if (span_holding(spans, candidate) != nullptr) return facts;
  const std::vector<OpenSpan> of_host = open_time(without_narrowing(offer), candidate, Overrides::applied);
  facts.is_narrowed = span_holding(of_host, candidate) != nullptr;
  if (const OpenSpan* span = span_at(spans, candidate.start())) facts.open_until = span->joined_end;
  return facts;
}

/// Keeps what of the span's grid comes nearest to `start`.
void look_beside(const OpenSpan& span, const Offer& offer, Instant start, GridFacts& facts) {
  const SchedulingRules& rules = offer.rules;
  const Instant stop = std::min(span.end, span.joined_end - rules.duration + std::chrono::seconds{1});
  for (Instant each = first_start(span, rules, offer.zone()); each < stop; each += rules.interval) {
    if (each < start) {
      facts.previous = each;
    } else if (each > start) {
      if (!facts.next) facts.next = each;
      return;
    }
  }
}

GridFacts grid_facts(const Offer& offer, TimeRange candidate) {
  GridFacts facts{hours_facts(offer, candidate), offer.rules.interval, std::nullopt, std::nullopt};
  for (const OpenSpan& span : open_time(offer, candidate, Overrides::applied))
    if (span.date == facts.hours.date) look_beside(span, offer, candidate.start(), facts);
  return facts;
}

RefusalFacts busy_facts(const Offer& offer, TimeRange candidate) {
  if (auto conflict = find_conflict(offer, candidate)) return *conflict;
  return {};
}

RefusalFacts limit_facts(const Offer& offer, TimeRange candidate) {
  if (auto reached = MeetingLimits{offer}.reached_on(offer.zone().date_at(candidate.start()))) return *reached;
  return {};
}

RefusalFacts facts_of(const Offer& offer, TimeRange candidate, Refusal rule) {
  const SchedulingRules& rules = offer.rules;
  switch (rule) {
    case Refusal::notice: return NoticeFacts{offer.now + rules.notice_min, rules.notice_min};
    case Refusal::horizon: {
      const days ahead = rules.advance_max.value_or(days{0});
      return HorizonFacts{offer.zone().date_at(offer.now).plus(ahead), ahead};
    }
    case Refusal::outside_range: return RangeFacts{rules.bookable_from, rules.bookable_until};
    case Refusal::outside_hours:
    case Refusal::overridden: return hours_facts(offer, candidate);
    case Refusal::off_grid: return grid_facts(offer, candidate);
    case Refusal::busy_meeting:
    case Refusal::busy_external:
    case Refusal::buffer: return busy_facts(offer, candidate);
    case Refusal::daily_limit_type:
    case Refusal::weekly_limit_type:
    case Refusal::daily_limit_host:
    case Refusal::weekly_limit_host: return limit_facts(offer, candidate);
  }
  return {};
}

}  // namespace

Explanation explain_as(const Offer& offer, TimeRange candidate, Refusal rule) {
  return {candidate, offer.zone().wall_at(candidate.start()), rule, facts_of(offer, candidate, rule)};
}

Explanation explain(const Offer& offer, Instant start) {
  const TimeRange candidate{start, start + offer.rules.duration};
  if (const auto rule = judge(offer, start)) return explain_as(offer, candidate, *rule);
  return {candidate, offer.zone().wall_at(start), std::nullopt, {}};
}

}  // namespace scheduling
