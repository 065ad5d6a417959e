#pragma once
/// Everything a user's own settings say about when they can be booked.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/ids.hpp"
#include "plugin/core/patch.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/schedule/day_override.hpp"
#include "plugin/core/schedule/weekly_hours.hpp"
#include "plugin/core/time/zone_id.hpp"

namespace scheduling {

/// What a meeting type inherits when it does not say otherwise (B-4).
struct BookingDefaults {
  std::chrono::minutes buffer_before{0};
  std::chrono::minutes buffer_after{0};
  std::chrono::minutes notice_min{240};
  std::optional<std::chrono::days> advance_max{std::chrono::days{30}};  ///< none: no horizon
  friend bool operator==(const BookingDefaults&, const BookingDefaults&) = default;
};

/// A schedule in plain values, unchecked.
struct AvailabilityDraft {
  std::string timezone;
  std::int64_t week_start = 1;
  std::vector<WeeklyRuleDraft> rules;
  std::optional<std::int64_t> daily_limit;
  std::optional<std::int64_t> weekly_limit;
  std::int64_t buffer_before_minutes = 0;
  std::int64_t buffer_after_minutes = 0;
  std::int64_t minimum_notice_minutes = 240;
  std::optional<std::int64_t> max_days_in_advance = 30;  ///< none: no horizon
};

/// What `PUT availability` says; what it does not say stays as it is stored.
struct AvailabilityPatch {
  std::optional<std::string> timezone{};
  std::optional<std::int64_t> week_start{};
  std::optional<std::vector<WeeklyRuleDraft>> rules{};  ///< replaces the whole list
  Patch<std::int64_t> daily_limit{};
  Patch<std::int64_t> weekly_limit{};
  std::optional<std::int64_t> buffer_before_minutes{};
  std::optional<std::int64_t> buffer_after_minutes{};
  std::optional<std::int64_t> minimum_notice_minutes{};
  Patch<std::int64_t> max_days_in_advance{};  ///< null: no horizon
};

struct HostSchedule {
  UserId user;
  ZoneId zone = ZoneId::utc();
  std::chrono::weekday week_start = std::chrono::Monday;
  WeeklyHours hours;
  std::vector<DayOverride> overrides;       ///< those that matter for the window at hand, sorted by date
  std::optional<std::int32_t> daily_limit;  ///< over all types
  std::optional<std::int32_t> weekly_limit;
  BookingDefaults defaults;

  /// Reports every field at once: "timezone", "rules[0].end_time", "defaults.buffer_before_minutes".
  /// The zone is checked for form only; whether it exists the caller asks its ZoneSource.
  static Result<HostSchedule> make(UserId user, const AvailabilityDraft& draft);
};

AvailabilityDraft to_draft(const HostSchedule& schedule);
/// Looks at no rule: HostSchedule::make() checks what comes out.
AvailabilityDraft apply_patch(AvailabilityDraft draft, const AvailabilityPatch& patch);

}  // namespace scheduling
