#include "plugin/http/api/explain_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "plugin/core/time/digits.hpp"
#include "plugin/core/time/zone_text.hpp"

namespace scheduling {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::array<std::string_view, 7> k_weekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                     "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> k_months{"January",   "February", "March",    "April",
                                                    "May",       "June",     "July",     "August",
                                                    "September", "October",  "November", "December"};

std::string counted(std::int64_t count, std::string_view one) {
  return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

std::string date_text(LocalDate date) {
  const auto ymd = date.ymd();
  return std::string(k_weekdays[date.weekday().c_encoding()]) + ", " +
         std::to_string(static_cast<unsigned>(ymd.day())) + " " +
         std::string(k_months[static_cast<unsigned>(ymd.month()) - 1]) + " " +
         std::to_string(static_cast<int>(ymd.year()));
}

/// "4 hours", "90 minutes", "2 days": the largest unit that is whole.
std::string length_text(minutes length) {
  const std::int64_t count = length.count();
  if (count > 0 && count % 1440 == 0) return counted(count / 1440, "day");
  if (count > 0 && count % 60 == 0) return counted(count / 60, "hour");
  return counted(count, "minute");
}

std::string spans_text(const DaySpans& spans) {
  std::string text;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (i > 0) text += i + 1 == spans.size() ? " and " : ", ";
    text += spans[i].start.text() + "–" + spans[i].end.text();
  }
  return text;
}

/// Of the overrides that gave one, each once.
std::string reasons_text(const std::vector<DayOverride>& rows) {
  std::vector<std::string_view> reasons;
  for (const DayOverride& row : rows)
    if (row.reason && !row.reason->empty() && std::ranges::find(reasons, *row.reason) == reasons.end())
      reasons.push_back(*row.reason);
  if (reasons.empty()) return "";
  std::string text = " (";
  for (const std::string_view reason : reasons) text += (text.size() > 2 ? "; " : "") + std::string(reason);
  return text + ")";
}

/// Speaks of one candidate on its host's clock.
class Speaker {
 public:
  Speaker(const Explanation& why, const ZoneId& zone, const ZoneRules& rules)
      : why_(why), rules_(rules), subject_(moment(why.candidate.start()) + " (" + zone.name() + ")") {}

  std::string operator()(std::monostate) const { return subject_ + " can be booked."; }

  std::string operator()(const NoticeFacts& facts) const {
    if (why_.candidate.start() < facts.earliest - facts.notice_min) return subject_ + " has passed.";
    return subject_ + " is too soon: meetings of this type need " + length_text(facts.notice_min) +
           " of notice, so the earliest start is now " + moment(facts.earliest) + ".";
  }

  std::string operator()(const HorizonFacts& facts) const {
    const std::string ahead = facts.advance_max == days{0}
                                  ? "on the day itself"
                                  : "up to " + counted(facts.advance_max.count(), "day") + " ahead";
    return subject_ + " is too far ahead: meetings of this type can be booked " + ahead + ", now until " +
           date_text(facts.last) + ".";
  }

  std::string operator()(const RangeFacts& facts) const {
    std::string dates;
    if (facts.from) dates += " from " + date_text(*facts.from);
    if (facts.until) dates += " until " + date_text(*facts.until);
    return subject_ + " is outside the dates of this meeting type, which can be booked" + dates + ".";
  }

  std::string operator()(const HoursFacts& facts) const {
    const std::string open = facts.open.empty() ? "" : spans_text(facts.open);
    if (why_.rule == UnavailableReason::overridden)
      return subject_ + " is taken out by a date override" + reasons_text(facts.overrides) +
             (open.empty() ? ", which leaves no open hours on that day."
                           : ": the open hours of that day are " + open + ".");
    if (facts.is_narrowed)
      return subject_ + " is outside the days and hours of this meeting type" +
             (open.empty() ? ", which leave nothing of that day." : ", which leave " + open + " of that day.");
    if (facts.open_until)
      return subject_ + " leaves too little time: the meeting takes " + length_text(duration()) +
             ", and the open hours end at " + time_or_moment(*facts.open_until) + ".";
    return subject_ + (open.empty() ? " is outside the open hours: that day has none."
                                    : " is outside the open hours of that day, which are " + open + ".");
  }

  std::string operator()(const GridFacts& facts) const {
    std::string starts = "no meeting of this type can start on that day";
    if (facts.previous && facts.next)
      starts = "meetings of this type start at " + clock(*facts.previous) + " and " + clock(*facts.next);
    else if (facts.previous || facts.next)
      starts = "the nearest start of that day is " + clock(facts.previous ? *facts.previous : *facts.next);
    return subject_ + " is not on the grid: " + starts + ".";
  }

  std::string operator()(const Conflict& conflict) const {
    const std::string what =
        conflict.meeting ? "meeting " + std::to_string(conflict.meeting.value) : "an event in a connected calendar";
    if (conflict.rule != UnavailableReason::buffer)
      return subject_ + " is taken by " + what + ", " + stretch(conflict.time) + ".";
    const bool comes_before = conflict.time.end() <= why_.candidate.start();
    return subject_ + " is too close to " + what + ", " + stretch(conflict.time) + ": " + length_text(conflict.gap) +
           " must stay free " + (comes_before ? "after" : "before") + " it.";
  }

  std::string operator()(const ReachedLimit& reached) const {
    const bool is_type =
        reached.rule == UnavailableReason::daily_limit_type || reached.rule == UnavailableReason::weekly_limit_type;
    const bool is_day =
        reached.rule == UnavailableReason::daily_limit_type || reached.rule == UnavailableReason::daily_limit_host;
    const std::string when = is_day ? "on " + date_text(reached.first)
                                    : "in the week from " + date_text(reached.first) + " to " + date_text(reached.last);
    return subject_ + " is beyond a limit: at most " + counted(reached.limit, "meeting") +
           (is_type ? " of this type" : " of all types") + (is_day ? " per day" : " per week") + ", and there " +
           (reached.count == 1 ? "is " : "are ") + std::to_string(reached.count) + " " + when + ".";
  }

 private:
  minutes duration() const { return std::chrono::floor<minutes>(why_.candidate.length()); }

  std::string clock(Instant instant) const {
    const LocalDate date = rules_.date_at(instant);
    std::string text = local_text(rules_.wall_at(instant)).substr(11);
    const bool changes =
        rules_.offset_at(rules_.start_of(date)) != rules_.offset_at(rules_.start_of(date.plus(days{1})));
    return changes ? text + " " + offset_text(rules_.offset_at(instant)) : text;
  }
  std::string moment(Instant instant) const { return date_text(rules_.date_at(instant)) + ", " + clock(instant); }
  std::string time_or_moment(Instant instant) const {
    return rules_.date_at(instant) == rules_.date_at(why_.candidate.start()) ? clock(instant) : moment(instant);
  }
  std::string stretch(TimeRange time) const {
    const bool ends_same_day = rules_.date_at(time.start()) == rules_.date_at(time.end());
    return time_or_moment(time.start()) + "–" + (ends_same_day ? clock(time.end()) : moment(time.end()));
  }

  const Explanation& why_;
  const ZoneRules& rules_;
  std::string subject_;
};

}  // namespace

std::string sentence_of(const Explanation& why, const ZoneId& zone, const ZoneRules& rules) {
  return std::visit(Speaker{why, zone, rules}, why.facts);
}

std::string local_text(WallTime wall) {
  std::string text = format_wall(wall);
  const auto second = static_cast<int>((wall - std::chrono::floor<minutes>(wall)).count());
  if (second == 0) return text;
  text += ":00";
  put_digits(text.data() + text.size() - 2, second, 2);
  return text;
}

}  // namespace scheduling
