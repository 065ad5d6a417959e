#include "plugin/core/availability/meeting_limits.hpp"

#include <algorithm>

namespace scheduling {
namespace {

bool reached(std::optional<std::int32_t> limit, std::int32_t count) {
  return limit && count >= *limit;
}

}  // namespace

LocalDate week_of(LocalDate date, std::chrono::weekday week_start) {
  return date.plus(-(date.weekday() - week_start));
}

MeetingLimits::MeetingLimits(const Offer& offer)
    : offer_(offer),
      any_(offer.rules.daily_limit || offer.rules.weekly_limit || offer.host.daily_limit || offer.host.weekly_limit) {
  if (!any_) return;
  counted_.reserve(offer.meetings.size());
  for (const BookedMeeting& meeting : offer.meetings) {
    if (!counts_for_limits(meeting.status) || (offer.moving && meeting.id == offer.moving)) continue;
    counted_.push_back({offer.zone->date_at(meeting.time.start()), meeting.type == offer.type});
  }
  std::sort(counted_.begin(), counted_.end(), [](const Counted& a, const Counted& b) { return a.date < b.date; });
}

MeetingLimits::Count MeetingLimits::count(LocalDate from, LocalDate until) const {
  Count count;
  const auto first = std::lower_bound(counted_.begin(), counted_.end(), from,
                                      [](const Counted& meeting, LocalDate date) { return meeting.date < date; });
  for (auto meeting = first; meeting != counted_.end() && meeting->date < until; ++meeting) {
    ++count.host;
    if (meeting->same_type) ++count.type;
  }
  return count;
}

std::optional<Refusal> MeetingLimits::work_out(LocalDate date) const {
  const Count day = count(date, date.plus(std::chrono::days{1}));
  const LocalDate first = week_of(date, offer_.host.week_start);
  const Count week = count(first, first.plus(std::chrono::days{7}));
  if (reached(offer_.rules.daily_limit, day.type)) return Refusal::daily_limit_type;
  if (reached(offer_.rules.weekly_limit, week.type)) return Refusal::weekly_limit_type;
  if (reached(offer_.host.daily_limit, day.host)) return Refusal::daily_limit_host;
  if (reached(offer_.host.weekly_limit, week.host)) return Refusal::weekly_limit_host;
  return std::nullopt;
}

std::optional<Refusal> MeetingLimits::refusal_on(LocalDate date) {
  if (asked_ != date) {
    answer_ = work_out(date);
    asked_ = date;
  }
  return answer_;
}

}  // namespace scheduling
