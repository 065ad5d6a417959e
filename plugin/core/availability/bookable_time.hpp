#pragma once
/// Between which instants a meeting may start at all: notice, horizon and fixed range (B-5).
#include <optional>

#include "plugin/core/availability/find_slots.hpp"

namespace scheduling {

struct BookableTime {
  Instant notice;                      ///< starts before it are too soon
  std::optional<Instant> horizon_end;  ///< starts from it on are too far
  std::optional<Instant> range_start;  ///< of bookable_from
  std::optional<Instant> range_end;    ///< after bookable_until

  static BookableTime of(const SlotContext& context);
  /// What of `window` lies inside all of them.
  std::optional<TimeRange> clip(TimeRange window) const;
  std::optional<UnavailableReason> refusal_of(Instant start) const;
};

}  // namespace scheduling
