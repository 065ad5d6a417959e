#pragma once
/// Daily and weekly limits, of the type and of the host, over the host's local days and weeks (B-6).
#include <array>
#include <optional>

#include "plugin/core/availability/find_slots.hpp"

namespace scheduling {

/// A limit that one more meeting would break.
struct ReachedLimit {
  UnavailableReason rule;  ///< names whose limit it is, and whether of a day or a week
  std::int32_t limit;
  std::int32_t count;  ///< meetings that count already
  LocalDate first;     ///< of the host's dates they are counted on
  LocalDate last;      ///< inclusive; of a day the same
};

class MeetingLimits {
 public:
  explicit MeetingLimits(const SlotContext& context);
  /// False when no limit is set: then nobody needs to ask.
  bool any() const { return any_; }
  /// The limit that one more meeting on `date` would break. Counts each week once, when first asked
  /// about; ask in order of dates.
  std::optional<ReachedLimit> reached_on(LocalDate date);
  std::optional<UnavailableReason> refusal_on(LocalDate date) {
    const auto reached = reached_on(date);
    return reached ? std::optional{reached->rule} : std::nullopt;
  }

 private:
  struct Count {
    std::int32_t type = 0;
    std::int32_t host = 0;
  };
  void count_week(LocalDate first);
  std::optional<ReachedLimit> work_out(LocalDate date);

  const SlotContext& context_;
  bool any_;
  std::optional<LocalDate> week_;  ///< its first day
  std::array<Count, 7> days_;      ///< of that week
  Count total_;
  std::optional<LocalDate> asked_;
  std::optional<ReachedLimit> answer_;
};

/// The first day of the host's week that holds `date`.
LocalDate week_of(LocalDate date, std::chrono::weekday week_start);

}  // namespace scheduling
