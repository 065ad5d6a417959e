#pragma once
/// Token buckets per client and rate class.
///
/// Time:   monotonic, given by the caller; a moved wall clock neither frees nor blocks anybody.
/// Memory: bounded: k_shards * k_clients_per_shard buckets. When a shard is full, the bucket untouched for
///         longest gives way, so that a flood of addresses forgets the idle, not the busy.
/// Thread: any.
#include <array>
#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "crm/sdk/http.hpp"

namespace crm::app {

struct RateRule {
  double per_second = 0;  ///< refill; 0: unlimited
  double burst = 0;
};

/// The numbers, in one place.
constexpr RateRule rate_rule(sdk::RateClass rate) {
  switch (rate) {
    case sdk::RateClass::none: return {0, 0};
    case sdk::RateClass::normal: return {50, 300};
    case sdk::RateClass::page: return {20, 200};
    case sdk::RateClass::token: return {0.5, 30};
    case sdk::RateClass::book: return {0.5, 30};
    case sdk::RateClass::login: return {0.2, 10};
  }
  return {0, 0};
}

class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  /// Takes one token. Empty: go ahead; else how long until there is one again.
  std::optional<std::chrono::seconds> refuse(sdk::RateClass rate, std::string_view client, Clock::time_point now);

 private:
  static constexpr std::size_t k_shards = 16;
  static constexpr std::size_t k_clients_per_shard = 2048;

  struct Bucket {
    std::uint64_t key = 0;
    double tokens = 0;
    Clock::time_point at;
  };
  /// Each request moves its bucket to the front, so who gives way stands at the back: a flood costs no search.
  struct Shard {
    std::mutex mutex;
    std::list<Bucket> by_use;
    std::unordered_map<std::uint64_t, std::list<Bucket>::iterator> buckets;
  };
  static Bucket& touched(Shard& shard, std::uint64_t key, const RateRule& rule, Clock::time_point now);

  std::array<Shard, k_shards> shards_;
};

}  // namespace crm::app
