#include "plugin/core/availability/rule_change.hpp"

#include <algorithm>
#include <utility>

#include "plugin/core/availability/bookable_time.hpp"
#include "plugin/core/availability/open_time.hpp"

namespace scheduling {
namespace {

/// Where booked meetings may lie under an offer's rules: the host's open hours, and for meetings of the
/// offer's own type what that type leaves of them.
class Places {
 public:
  Places(const SlotContext& context, TimeRange window)
      : own_(context), others_(context), time_(BookableTime::of(context)) {
    others_.rules.drop_narrowing();
    own_spans_ = open_time(own_, window, Overrides::applied);
    other_spans_ = open_time(others_, window, Overrides::applied);
  }

  std::optional<UnavailableReason> refusal_of(const BookedMeeting& meeting) const {
    const bool is_own = meeting.type == own_.type;
    if (is_own && !is_in_range(meeting.time.start())) return UnavailableReason::outside_range;
    if (span_holding(is_own ? own_spans_ : other_spans_, meeting.time) != nullptr) return std::nullopt;
    const auto weekly = open_time(is_own ? own_ : others_, meeting.time, Overrides::ignored);
    return span_holding(weekly, meeting.time) != nullptr ? UnavailableReason::overridden
                                                         : UnavailableReason::outside_hours;
  }
  Explanation explained(const BookedMeeting& meeting, UnavailableReason rule) const {
    return explain_as(meeting.type == own_.type ? own_ : others_, meeting.time, rule);
  }

 private:
  bool is_in_range(Instant start) const {
    return (!time_.range_start || start >= *time_.range_start) && (!time_.range_end || start < *time_.range_end);
  }

  SlotContext own_;
  SlotContext others_;
  BookableTime time_;
  std::vector<OpenSpan> own_spans_;
  std::vector<OpenSpan> other_spans_;
};

void compare_starts(const std::vector<TimeRange>& before, std::vector<TimeRange> after, RuleChange& change) {
  const auto sooner = [](TimeRange a, TimeRange b) { return a.start() < b.start(); };
  std::ranges::set_difference(after, before, std::back_inserter(change.gained), sooner);
  std::ranges::set_difference(before, after, std::back_inserter(change.lost), sooner);
  change.kept = before.size() - change.lost.size();
  change.offered = std::move(after);
}

}  // namespace

RuleChange compare(const SlotContext& before, const SlotContext& after, TimeRange window) {
  RuleChange change;
  compare_starts(find_slots(before, window), find_slots(after, window), change);
  const Places then{before, window};
  const Places now{after, window};
  for (const BookedMeeting& meeting : meetings_near(*after.host, window, std::chrono::seconds{0})) {
    const Instant start = meeting.time.start();
    if (!occupies(meeting, after) || !window.contains(start) || start < after.now) continue;
    const auto rule = now.refusal_of(meeting);
    if (rule && !then.refusal_of(meeting)) change.outside.push_back({meeting, now.explained(meeting, *rule)});
  }
  return change;
}

}  // namespace scheduling
