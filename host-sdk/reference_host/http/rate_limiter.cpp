#include "reference_host/http/rate_limiter.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>

#include "reference_host/network/client_address.hpp"

namespace crm::app {
namespace {

/// Clients must not be able to choose addresses that share a bucket with somebody else's.
std::uint64_t seed() {
  static const std::uint64_t value = (std::uint64_t{std::random_device{}()} << 32U) | std::random_device{}();
  return value;
}

std::uint64_t key_of(sdk::RateClass rate, std::string_view client) {
  std::string text = client_network(client);
  text += static_cast<char>('0' + static_cast<int>(rate));
  const std::uint64_t salt = seed();
  text.append(reinterpret_cast<const char*>(&salt), sizeof salt);
  return std::hash<std::string>{}(text);
}

}  // namespace

RateLimiter::Bucket& RateLimiter::touched(Shard& shard, std::uint64_t key, const RateRule& rule,
                                          Clock::time_point now) {
  if (const auto found = shard.buckets.find(key); found != shard.buckets.end()) {
    shard.by_use.splice(shard.by_use.begin(), shard.by_use, found->second);
    return *found->second;
  }
  if (shard.by_use.size() >= k_clients_per_shard) {
    shard.buckets.erase(shard.by_use.back().key);  // untouched for longest, so it has refilled most
    shard.by_use.pop_back();
  }
  shard.by_use.push_front({key, rule.burst, now});
  shard.buckets.emplace(key, shard.by_use.begin());
  return shard.by_use.front();
}

std::optional<std::chrono::seconds> RateLimiter::refuse(sdk::RateClass rate, std::string_view client,
                                                        Clock::time_point now) {
  const RateRule rule = rate_rule(rate);
  if (rule.per_second <= 0) return std::nullopt;
  const std::uint64_t key = key_of(rate, client);
  Shard& shard = shards_[key % k_shards];
  const std::lock_guard lock(shard.mutex);
  Bucket& bucket = touched(shard, key, rule, now);
  const double seconds = std::chrono::duration<double>(now - bucket.at).count();
  bucket.tokens = std::min(rule.burst, bucket.tokens + std::max(0.0, seconds) * rule.per_second);
  bucket.at = std::max(bucket.at, now);
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::nullopt;
  }
  return std::chrono::seconds(static_cast<long>(std::ceil((1 - bucket.tokens) / rule.per_second)));
}

}  // namespace crm::app
