#include "plugin/core/time/zone_rules.hpp"

#include <algorithm>
#include <limits>

namespace scheduling {
namespace {

constexpr std::chrono::hours k_offset_max{26};
constexpr WallTime k_wall_max{std::chrono::seconds{std::numeric_limits<std::int64_t>::max()}};

WallTime wall_of(Instant instant, std::chrono::seconds offset) {
  return WallTime{(instant + offset).time_since_epoch()};
}

}  // namespace

Result<ZoneRules> ZoneRules::make(Transition before, const std::vector<Transition>& transitions) {
  ZoneRules rules;
  const auto too_far = [](const Transition& t) { return t.offset > k_offset_max || t.offset < -k_offset_max; };
  if (too_far(before)) return fail(Code::broken, "zone offset out of range");
  rules.segments_.reserve(transitions.size() + 1);
  rules.segments_.push_back(
      {Instant::min(), k_wall_max, before.offset, rules.intern(before.abbreviation), before.is_dst});
  for (const Transition& next : transitions) {
    Segment& last = rules.segments_.back();
    if (next.at <= last.start || too_far(next)) return fail(Code::broken, "zone transitions are not in order");
    last.wall_end = wall_of(next.at, last.offset);
    if (rules.segments_.size() > 1) {
      // Two changes so near that the clock had already shown more: what counts is the greatest so far.
      last.wall_end = std::max(last.wall_end, rules.segments_[rules.segments_.size() - 2].wall_end);
    }
    rules.segments_.push_back({next.at, k_wall_max, next.offset, rules.intern(next.abbreviation), next.is_dst});
  }
  return rules;
}

ZoneRules ZoneRules::utc() {
  return *make({Instant{}, std::chrono::seconds{0}, "UTC", false}, {});
}

std::uint16_t ZoneRules::intern(const std::string& abbreviation) {
  const auto found = std::find(abbreviations_.begin(), abbreviations_.end(), abbreviation);
  if (found != abbreviations_.end()) return static_cast<std::uint16_t>(found - abbreviations_.begin());
  abbreviations_.push_back(abbreviation);
  return static_cast<std::uint16_t>(abbreviations_.size() - 1);
}

std::size_t ZoneRules::segment_at(Instant instant) const {
  const auto after = std::upper_bound(segments_.begin() + 1, segments_.end(), instant,
                                      [](Instant value, const Segment& segment) { return value < segment.start; });
  return static_cast<std::size_t>(after - segments_.begin()) - 1;
}

std::chrono::seconds ZoneRules::offset_at(Instant instant, ZoneCursor& cursor) const {
  const std::size_t here = cursor.segment;
  const bool holds =
      segments_[here].start <= instant && (here + 1 == segments_.size() || instant < segments_[here + 1].start);
  if (!holds) cursor.segment = segment_at(instant);
  return segments_[cursor.segment].offset;
}

std::string_view ZoneRules::abbreviation_at(Instant instant) const {
  return abbreviations_[segments_[segment_at(instant)].abbreviation];
}

Instant ZoneRules::resolve(const Segment& segment, WallTime wall) const {
  // A wall time that was skipped lies before the segment's own beginning.
  return std::max(segment.start, Instant{(wall - segment.offset).time_since_epoch()});
}

Instant ZoneRules::to_instant(WallTime wall) const {
  const auto first = std::upper_bound(segments_.begin(), segments_.end() - 1, wall,
                                      [](WallTime value, const Segment& segment) { return value < segment.wall_end; });
  return resolve(*first, wall);
}

Instant ZoneRules::to_instant(WallTime wall, ZoneCursor& cursor) const {
  const std::size_t here = cursor.segment;
  const bool holds = wall < segments_[here].wall_end && (here == 0 || segments_[here - 1].wall_end <= wall);
  if (!holds) {
    const auto first = std::upper_bound(segments_.begin(), segments_.end() - 1, wall,
                                        [](WallTime value, const Segment& s) { return value < s.wall_end; });
    cursor.segment = static_cast<std::size_t>(first - segments_.begin());
  }
  return resolve(segments_[cursor.segment], wall);
}

Instant ZoneRules::next_change(Instant instant) const {
  std::size_t i = segment_at(instant);
  const auto offset = segments_[i].offset;
  for (++i; i < segments_.size(); ++i) {
    if (segments_[i].offset != offset) return segments_[i].start;
  }
  return k_instant_end;
}

}  // namespace scheduling
