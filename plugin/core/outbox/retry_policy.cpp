#include "plugin/core/outbox/retry_policy.hpp"

#include <algorithm>

namespace scheduling {

std::optional<std::chrono::seconds> wait_before_retry(const RetryPolicy& policy, int attempts, std::uint64_t spread) {
  if (attempts >= policy.attempts_max) return std::nullopt;
  const int doublings = std::clamp(attempts - 1, 0, 16);
  const std::chrono::seconds full = std::min(policy.first_wait * (1 << doublings), policy.wait_max);
  // Neighbouring ids must not get neighbouring waits: the multiplier is Knuth's.
  const auto share = static_cast<std::int64_t>((spread * 2654435761ULL >> 8) % 1000);
  return full - full * share / 5000;
}

}  // namespace scheduling
