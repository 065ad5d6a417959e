#pragma once
/// Spares counting where it cannot matter: while a network or a page is thousands below its limit, nobody has to look
/// again within the second. So limits that are as good as off cost a busy CRM no counting and no waiting.
///
/// Thread: any.
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace scheduling {

class PublicUseMeter {
 public:
  using Clock = std::chrono::steady_clock;
  /// Whether what stands under `key` has to be counted for a booking now.
  bool must_count(const std::string& key, Clock::time_point now) const;
  /// It was counted: `room` more may follow before the nearest limit.
  void counted(const std::string& key, std::int64_t room, Clock::time_point now);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Clock::time_point> far_until_;
};

}  // namespace scheduling
