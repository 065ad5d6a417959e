#include "plugin/core/availability/open_time.hpp"

#include <algorithm>

namespace scheduling {
namespace {

bool date_before(const DayOverride& a, const DayOverride& b) {
  return a.date < b.date;
}

void join_at_midnight(std::vector<OpenSpan>& spans) {
  for (std::size_t i = spans.size(); i-- > 1;) {
    if (spans[i - 1].end == spans[i].start) spans[i - 1].joined_end = spans[i].joined_end;
  }
}

}  // namespace

DayHours::DayHours(const Offer& offer, Overrides overrides)
    : offer_(offer), overrides_(overrides), narrows_(offer.rules.hours || !offer.rules.days.all()) {
  if (narrows_) {
    for (unsigned day = 0; day < 7; ++day) {
      const std::chrono::weekday weekday{day};
      weekly_[day] = narrowed(weekday, offer.host.hours.open_on(weekday));
    }
  }
  if (overrides_ == Overrides::applied && !offer.host.overrides.empty()) {
    sorted_ = offer.host.overrides;
    std::stable_sort(sorted_.begin(), sorted_.end(), date_before);
  }
}

DaySpans DayHours::narrowed(std::chrono::weekday day, const DaySpans& spans) const {
  if (!offer_.rules.days.test(day.c_encoding())) return {};
  return offer_.rules.hours ? intersect(spans, *offer_.rules.hours) : spans;
}

std::span<const LocalSpan> DayHours::on(LocalDate date) {
  const std::chrono::weekday day = date.weekday();
  if (!sorted_.empty()) {
    const auto [first, last] =
        std::equal_range(sorted_.begin(), sorted_.end(), DayOverride{{}, date, {}, {}, {}}, date_before);
    if (first != last) {
      scratch_ = narrowed(day, apply_overrides(offer_.host.hours.open_on(day), {first, last}));
      return scratch_;
    }
  }
  return narrows_ ? weekly_[day.c_encoding()] : offer_.host.hours.open_on(day);
}

std::vector<OpenSpan> open_time(const Offer& offer, TimeRange window, Overrides overrides) {
  const ZoneRules& zone = *offer.zone;
  DayHours hours{offer, overrides};
  // A day more on each side: a span may begin on the date before, and a meeting may run past midnight.
  const LocalDate first = zone.date_at(window.start()).plus(std::chrono::days{-1});
  const LocalDate last = zone.date_at(window.end() + offer.rules.duration).plus(std::chrono::days{1});
  std::vector<OpenSpan> spans;
  spans.reserve(static_cast<std::size_t>((last - first).count() + 1) * 2);
  ZoneCursor cursor;
  for (LocalDate date = first; date <= last; date = date.plus(std::chrono::days{1})) {
    for (const LocalSpan& span : hours.on(date)) {
      const Instant start = zone.to_instant(wall_time(date, span.start), cursor);
      const Instant end = zone.to_instant(wall_time(date, span.end), cursor);
      // Hours that the clock skips altogether leave nothing.
      if (start < end) spans.push_back({start, end, end, date});
    }
  }
  join_at_midnight(spans);
  return spans;
}

}  // namespace scheduling
