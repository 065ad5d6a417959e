#pragma once
/// What is bookable and what refuses the rest, worked out minute by minute and as slowly as that sounds. It
/// includes nothing of the plugin (its target has no include path), so that both can only agree by being right.
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "oracle_zone.hpp"

namespace oracle {

using Date = std::int64_t;  ///< days since 1970-01-01, on some wall

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
  const Zone* zone = nullptr;
  std::vector<Rule> rules;
  std::vector<Override> overrides;
  std::vector<Meeting> meetings;
  std::vector<std::pair<Second, Second>> external;
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
  Second now = 0;
  std::int64_t moving = 0;
};

/// The answers to one question for the starts in [from, until).
class Answers {
 public:
  Answers(const Question& question, Minute from, Minute until);

  /// Every minute at which a meeting may begin.
  std::vector<Minute> starts() const;
  /// Every minute that hours, overrides, grid, notice and horizon leave to be asked about.
  std::vector<Minute> candidates() const;
  /// "offered", or the name of the first rule that refuses `start`.
  std::string_view verdict(Minute start) const;

 private:
  /// One entry per minute from `begin_` on.
  struct Hours {
    std::vector<bool> on_grid;
    std::vector<int> open_for;  ///< for how many minutes on end it stays open; 0: closed
  };
  struct Counted {
    Date date;
    Date week;
    bool is_same_type;
  };

  void read_the_clock();
  Hours hours(bool with_overrides) const;
  void lay_grid(std::vector<bool>& on_grid, std::size_t start, std::size_t end) const;
  std::size_t index(Minute minute) const { return static_cast<std::size_t>(minute - begin_); }
  Date date_of(Minute minute) const;
  Date week_of(Date date) const;
  bool weekly_hours_allow(Minute start) const;
  std::string_view time_verdict(Minute start) const;
  std::string_view busy_verdict(Minute start) const;
  std::string_view limit_verdict(Minute start) const;

  const Question& q_;
  Minute from_;
  Minute until_;
  Date first_;
  Date last_;
  Minute begin_ = 0;
  std::vector<Minute> wall_;    ///< what the wall clock shows, one entry per minute from `begin_` on
  std::vector<Minute> latest_;  ///< the latest it has shown so far: a date begins once and ends once
  Hours real_;
  mutable std::optional<Hours> without_overrides_;  ///< worked out when first asked for
  std::vector<Counted> counted_;
};

}  // namespace oracle
