#pragma once
/// Daily and weekly limits, of the type and of the host, over the host's local days and weeks (B-6).
#include <optional>
#include <vector>

#include "plugin/core/availability/find_slots.hpp"

namespace scheduling {

class MeetingLimits {
 public:
  explicit MeetingLimits(const Offer& offer);
  /// False when no limit is set: then nobody needs to ask.
  bool any() const { return any_; }
  /// The limit that one more meeting on `date` would break. Cost: O(1) for the date asked about last.
  std::optional<Refusal> refusal_on(LocalDate date);

 private:
  struct Counted {
    LocalDate date;
    bool same_type;
  };
  struct Count {
    std::int32_t type = 0;
    std::int32_t host = 0;
  };
  Count count(LocalDate from, LocalDate until) const;
  std::optional<Refusal> work_out(LocalDate date) const;

  const Offer& offer_;
  bool any_;
  std::vector<Counted> counted_;  ///< by date
  std::optional<LocalDate> asked_;
  std::optional<Refusal> answer_;
};

/// The first day of the host's week that holds `date`.
LocalDate week_of(LocalDate date, std::chrono::weekday week_start);

}  // namespace scheduling
