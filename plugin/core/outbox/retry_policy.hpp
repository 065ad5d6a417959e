#pragma once
/// When a failed outbox message is tried again, and when it is given up. Each kind of message has its own policy.
#include <chrono>
#include <cstdint>
#include <optional>

namespace scheduling {

struct RetryPolicy {
  std::chrono::seconds first_wait;
  std::chrono::seconds wait_max;  ///< no wait is longer, whatever the jitter
  int attempts_max;
};

/// 25 attempts: with the waits between them about three days.
inline constexpr RetryPolicy k_mail_retry{std::chrono::minutes{1}, std::chrono::hours{4}, 25};

/// A calendar that refuses for long is the connection's trouble, which its own health tells; about three days.
inline constexpr RetryPolicy k_calendar_retry{std::chrono::seconds{20}, std::chrono::hours{2}, 45};
/// Readings go on for as long as the connection is whole.
inline constexpr RetryPolicy k_sync_retry{std::chrono::minutes{1}, std::chrono::hours{1}, 1000000000};

/// After the `attempts`-th failure (from 1): the first wait, doubled each time, the longest wait at most; up to a fifth
/// of it less, chosen by `spread`, so that what failed together does not come back together. None: give up.
std::optional<std::chrono::seconds> wait_before_retry(const RetryPolicy& policy, int attempts, std::uint64_t spread);

}  // namespace scheduling
