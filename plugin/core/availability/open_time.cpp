#include "plugin/core/availability/open_time.hpp"

#include <algorithm>

namespace scheduling {
namespace {

void join_at_midnight(std::vector<OpenSpan>& spans) {
  for (std::size_t i = spans.size(); i-- > 1;) {
    if (spans[i - 1].end == spans[i].start) spans[i - 1].joined_end = spans[i].joined_end;
  }
}

/// Hours of one date with nothing between them but an hour that the clocks skip are one interval with one grid (B-2).
void add_span(std::vector<OpenSpan>& spans, const OpenSpan& span) {
  if (!spans.empty() && spans.back().date == span.date && spans.back().end == span.start) {
    spans.back().end = spans.back().joined_end = span.end;
    return;
  }
  spans.push_back(span);
}

}  // namespace

DayHours::DayHours(const SlotContext& context, Overrides overrides)
    : rules_(context.rules), host_(context.host->schedule), narrows_(rules_.hours || !rules_.days.all()) {
  if (overrides == Overrides::applied) overrides_ = host_.overrides;
}

DaySpans DayHours::narrowed(std::chrono::weekday day, const DaySpans& spans) const {
  if (!rules_.days.test(day.c_encoding())) return {};
  return rules_.hours ? intersect(spans, *rules_.hours) : spans;
}

std::span<const DayOverride> DayHours::overrides_of(LocalDate date) {
  const auto first = std::ranges::lower_bound(overrides_, date, {}, &DayOverride::date);
  overrides_ = {first, overrides_.end()};
  return {first, std::ranges::find_if(overrides_, [date](const DayOverride& each) { return each.date != date; })};
}

std::span<const LocalSpan> DayHours::on(LocalDate date) {
  const std::chrono::weekday day = date.weekday();
  const DaySpans& weekly = host_.hours.open_on(day);
  if (!overrides_.empty()) {
    if (const auto rows = overrides_of(date); !rows.empty()) {
      scratch_ = narrowed(day, apply_overrides(weekly, rows));
      return scratch_;
    }
  }
  if (!narrows_) return weekly;
  auto& spans = weekly_[day.c_encoding()];
  if (!spans) spans = narrowed(day, weekly);
  return *spans;
}

std::vector<OpenSpan> open_time(const SlotContext& context, TimeRange window, Overrides overrides) {
  const ZoneRules& zone = context.zone();
  DayHours hours{context, overrides};
  // Hours of the date before have ended when this one begins; a meeting may run past the next midnight.
  const LocalDate first = zone.date_at(window.start());
  const LocalDate last = zone.date_at(window.end() + context.rules.duration).plus(std::chrono::days{1});
  std::vector<OpenSpan> spans;
  spans.reserve(static_cast<std::size_t>((last - first).count() + 1) * 2);
  ZoneCursor cursor;
  for (LocalDate date = first; date <= last; date = date.plus(std::chrono::days{1})) {
    for (const LocalSpan& span : hours.on(date)) {
      const Instant start = zone.to_instant(wall_time(date, span.start), cursor);
      const Instant end = zone.to_instant(wall_time(date, span.end), cursor);
      // Hours that the clock skips altogether leave nothing.
      if (start < end) add_span(spans, {start, end, end, date});
    }
  }
  join_at_midnight(spans);
  return spans;
}

const OpenSpan* span_at(const std::vector<OpenSpan>& spans, Instant instant) {
  const auto after = std::ranges::upper_bound(spans, instant, {}, &OpenSpan::start);
  if (after == spans.begin() || std::prev(after)->end <= instant) return nullptr;
  return &*std::prev(after);
}

const OpenSpan* span_holding(const std::vector<OpenSpan>& spans, TimeRange time) {
  const OpenSpan* span = span_at(spans, time.start());
  return span != nullptr && time.end() <= span->joined_end ? span : nullptr;
}

}  // namespace scheduling
