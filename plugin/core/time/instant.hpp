#pragma once
/// Instants: seconds in UTC. Two of them cannot be added; their difference is a duration.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace scheduling {

using Instant = std::chrono::sys_seconds;

/// Instants outside [k_instant_min, k_instant_end) are refused at every edge: 1970 until 2200.
inline constexpr Instant k_instant_min{std::chrono::sys_days{std::chrono::year{1970} / 1 / 1}};
inline constexpr Instant k_instant_end{std::chrono::sys_days{std::chrono::year{2200} / 1 / 1}};

/// Strict RFC 3339: "2025-03-09T14:00:00Z", "2025-03-09T10:00:00-04:00", ".000" allowed.
/// Empty for anything else: a missing offset, a 24th hour, a leap second, a fraction that is not zero
/// (rounding it would move the instant), years outside 1970..2199.
std::optional<Instant> parse_instant(std::string_view text);

/// "2025-03-09T14:00:00Z".
std::string format_instant(Instant instant);

/// Writes the 20 characters of format_instant() to `out` without allocating.
void write_instant(Instant instant, char* out);

}  // namespace scheduling
