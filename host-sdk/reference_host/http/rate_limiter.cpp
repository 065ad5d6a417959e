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

void RateLimiter::make_room(Shard& shard) {
  if (shard.buckets.size() < k_clients_per_shard) return;
  const auto stalest = std::max_element(shard.buckets.begin(), shard.buckets.end(), [](const auto& a, const auto& b) {
    return a.second.at > b.second.at;  // the one untouched for longest has refilled most
  });
  shard.buckets.erase(stalest);
}

std::optional<std::chrono::seconds> RateLimiter::refuse(sdk::RateClass rate, std::string_view client,
                                                        Clock::time_point now) {
  const RateRule rule = rate_rule(rate);
  if (rule.per_second <= 0) return std::nullopt;
  const std::uint64_t key = key_of(rate, client);
  Shard& shard = shards_[key % k_shards];
  const std::lock_guard lock(shard.mutex);
  auto found = shard.buckets.find(key);
  if (found == shard.buckets.end()) {
    make_room(shard);
    found = shard.buckets.emplace(key, Bucket{rule.burst, rule.burst, now}).first;
  }
  Bucket& bucket = found->second;
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
