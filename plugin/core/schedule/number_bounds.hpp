#pragma once
/// The bounds of numbers that come from outside, named once.
#include <cstdint>
#include <optional>
#include <string_view>

#include "plugin/core/error.hpp"

namespace scheduling {

struct Bounds {
  std::int64_t min;
  std::int64_t max;
};

inline constexpr Bounds k_duration_minutes{5, 720};
inline constexpr Bounds k_interval_minutes{5, 720};
inline constexpr Bounds k_buffer_minutes{0, 1440};
inline constexpr Bounds k_notice_minutes{0, 525600};  // a year
inline constexpr Bounds k_advance_days{0, 3650};      // 0: today only
inline constexpr Bounds k_meeting_limit{1, 1000};
inline constexpr Bounds k_reminder_minutes{1, 43200};  // thirty days
inline constexpr Bounds k_confirmation_hours{1, 720};
inline constexpr Bounds k_owner_wait_days{1, 60};
inline constexpr Bounds k_invitation_hours{1, 2160};  // ninety days

/// `value`, or `bounds.min` after reporting out_of_range under `field`.
std::int64_t check_bounds(FieldErrors& errors, std::string_view field, std::int64_t value, Bounds bounds);
std::optional<std::int64_t> check_bounds(FieldErrors& errors, std::string_view field, std::optional<std::int64_t> value,
                                         Bounds bounds);

}  // namespace scheduling
