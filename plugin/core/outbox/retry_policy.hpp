#pragma once
/// When what failed is tried again, and when it is given up.
#include <chrono>
#include <cstdint>
#include <optional>

namespace scheduling {

/// No wait is longer, whatever the jitter.
inline constexpr std::chrono::seconds k_retry_wait_max = std::chrono::hours{4};
/// With the waits between them about three days.
inline constexpr int k_attempts_max = 25;

/// After the `attempts`-th failure (from 1): a minute, doubled each time, four hours at most; up to a fifth of it less,
/// chosen by `spread`, so that what failed together does not come back together. None: give up.
std::optional<std::chrono::seconds> wait_before_retry(int attempts, std::uint64_t spread);

}  // namespace scheduling
