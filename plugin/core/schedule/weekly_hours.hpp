#pragma once
/// A user's weekly rules, as stored and as the open hours they mean (B-2).
#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "plugin/core/result.hpp"
#include "plugin/core/schedule/local_span.hpp"

namespace scheduling {

/// As it comes from outside.
struct WeeklyRuleDraft {
  std::int64_t day_of_week = 0;  ///< 0 is Sunday
  std::string start_time;        ///< "09:00"
  std::string end_time;          ///< "24:00" is legal
  bool is_available = true;
};

struct WeeklyRule {
  std::chrono::weekday day;
  LocalSpan hours;
  bool is_available = true;  ///< false: a recurring blocked time, such as lunch
  friend bool operator==(const WeeklyRule&, const WeeklyRule&) = default;
};

class WeeklyHours {
 public:
  WeeklyHours() = default;  ///< never open
  explicit WeeklyHours(std::vector<WeeklyRule> rules);
  /// Errors are named "rules[3].start_time".
  static Result<WeeklyHours> make(const std::vector<WeeklyRuleDraft>& drafts);

  /// The union of the day's available rules minus its blocked ones.
  const DaySpans& open_on(std::chrono::weekday day) const { return open_[day.c_encoding()]; }
  const std::vector<WeeklyRule>& rules() const { return rules_; }

 private:
  std::vector<WeeklyRule> rules_;
  std::array<DaySpans, 7> open_;
};

inline constexpr std::size_t k_weekly_rules_max = 200;

}  // namespace scheduling
