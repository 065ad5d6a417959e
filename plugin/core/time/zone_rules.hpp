#pragma once
/// The offsets of one zone over time, and the one rule that turns wall time into an instant (B-1):
/// a time in a spring gap becomes the instant of the transition, a repeated time its first occurrence.
/// Both are the same sentence: the earliest instant at which the wall clock shows that time or later.
/// So order is kept: a <= b on the wall implies a <= b as instants.
///
/// Thread: immutable after make(); share it. Cost: a binary search; with a ZoneCursor that moves
/// forward in time, two comparisons.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"
#include "plugin/core/time/local_time.hpp"

namespace scheduling {

/// Remembers where the last look-up ended. Use one per walk through time; start it as {}.
struct ZoneCursor {
  std::size_t segment = 0;
};

class ZoneRules {
 public:
  struct Transition {
    Instant at;                   ///< from this instant on …
    std::chrono::seconds offset;  ///< … wall time minus UTC
    std::string abbreviation;     ///< "EDT"
    bool is_dst = false;
  };

  /// `before` holds until the first transition (its `at` is ignored). Transitions must rise strictly.
  static Result<ZoneRules> make(Transition before, const std::vector<Transition>& transitions);
  static ZoneRules utc();

  std::chrono::seconds offset_at(Instant instant) const { return segments_[segment_at(instant)].offset; }
  std::chrono::seconds offset_at(Instant instant, ZoneCursor& cursor) const;
  std::string_view abbreviation_at(Instant instant) const;
  bool is_dst_at(Instant instant) const { return segments_[segment_at(instant)].is_dst; }

  WallTime wall_at(Instant instant) const { return WallTime{(instant + offset_at(instant)).time_since_epoch()}; }
  LocalDate date_at(Instant instant) const { return LocalDate::of(wall_at(instant)); }
  LocalDate date_at(Instant instant, ZoneCursor& cursor) const {
    return LocalDate::of(WallTime{(instant + offset_at(instant, cursor)).time_since_epoch()});
  }

  Instant to_instant(WallTime wall) const;
  Instant to_instant(WallTime wall, ZoneCursor& cursor) const;
  Instant to_instant(LocalDate date, LocalTime time) const { return to_instant(wall_time(date, time)); }
  /// The date's first instant. For a date that does not exist (Apia, 2011-12-30) that of the next one.
  Instant start_of(LocalDate date) const { return to_instant(WallTime{date.days()}); }

  /// The first instant after `instant` at which the offset changes; k_instant_end when there is none.
  Instant next_change(Instant instant) const;

 private:
  struct Segment {
    Instant start;      ///< of the first segment: the smallest instant
    WallTime wall_end;  ///< the greatest wall time shown before this segment ended, exclusive
    std::chrono::seconds offset;
    std::uint16_t abbreviation;
    bool is_dst;
  };
  ZoneRules() = default;
  std::uint16_t intern(const std::string& abbreviation);
  std::size_t segment_at(Instant instant) const;
  Instant resolve(const Segment& segment, WallTime wall) const;

  std::vector<Segment> segments_;  ///< never empty
  std::vector<std::string> abbreviations_;
};

}  // namespace scheduling
