#pragma once
/// What is bookable, worked out minute by minute and as slowly as that sounds. It includes nothing of
/// the plugin, so that both can only agree by being right.
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace oracle {

using Minute = std::int64_t;  ///< since 1970-01-01T00:00Z
using Date = std::int64_t;    ///< days since 1970-01-01, on some wall

struct Span {
  int start;  ///< minutes since midnight
  int end;
};

struct Rule {
  int weekday;  ///< 0 is Sunday
  Span span;
  bool is_available;
};

struct Override {
  Date date;
  bool is_available;
  std::optional<Span> span;
};

struct Meeting {
  std::int64_t id;
  int type;
  Minute start;
  Minute end;
  int buffer_before;
  int buffer_after;
  bool is_live;
  bool is_counted;
};

struct Question {
  std::function<int(Minute)> offset;  ///< wall time minus UTC, in minutes
  std::vector<Rule> rules;
  std::vector<Override> overrides;
  std::vector<Meeting> meetings;
  std::vector<std::pair<Minute, Minute>> external;
  int week_start = 1;
  int type = 1;
  int duration = 30;
  int interval = 30;
  bool is_clock_aligned = false;
  int buffer_before = 0;
  int buffer_after = 0;
  int notice = 0;
  std::optional<int> days_ahead;
  std::optional<Date> bookable_from;
  std::optional<Date> bookable_until;
  std::optional<int> type_daily, type_weekly, host_daily, host_weekly;
  unsigned days = 0b111'1111;
  std::optional<std::vector<Span>> hours;
  Minute now = 0;
  std::int64_t moving = 0;
};

/// Every minute in [from, until) at which a meeting may begin.
std::vector<Minute> starts(const Question& question, Minute from, Minute until);

}  // namespace oracle
