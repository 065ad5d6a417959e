#include "plugin/core/availability/meeting_limits.hpp"

#include "plugin/core/availability/busy_time.hpp"

namespace scheduling {
namespace {

using std::chrono::days;

bool reached(std::optional<std::int32_t> limit, std::int32_t count) {
  return limit && count >= *limit;
}

/// The days of a week lie within this, whatever the zone.
TimeRange around_week(LocalDate first) {
  const Instant start{first.days().time_since_epoch()};
  return {start - days{2}, start + days{9}};
}

}  // namespace

LocalDate week_of(LocalDate date, std::chrono::weekday week_start) {
  return date.plus(-(date.weekday() - week_start));
}

MeetingLimits::MeetingLimits(const SlotContext& context)
    : context_(context),
      any_(context.rules.daily_limit || context.rules.weekly_limit || context.host->schedule.daily_limit ||
           context.host->schedule.weekly_limit) {}

void MeetingLimits::count_week(LocalDate first) {
  week_ = first;
  days_ = {};
  total_ = {};
  ZoneCursor cursor;
  for (const BookedMeeting& meeting : meetings_near(*context_.host, around_week(first), std::chrono::seconds{0})) {
    if (!counts_for_limits(meeting.status) || (context_.moving && meeting.id == context_.moving)) continue;
    const days day = context_.zone().date_at(meeting.time.start(), cursor) - first;
    if (day < days{0} || day >= days{7}) continue;
    Count& count = days_[static_cast<std::size_t>(day.count())];
    ++count.host;
    ++total_.host;
    if (meeting.type != context_.type) continue;
    ++count.type;
    ++total_.type;
  }
}

std::optional<ReachedLimit> MeetingLimits::reached_on(LocalDate date) {
  if (asked_ != date) {
    answer_ = work_out(date);
    asked_ = date;
  }
  return answer_;
}

std::optional<ReachedLimit> MeetingLimits::work_out(LocalDate date) {
  const SchedulingRules& type = context_.rules;
  const HostSchedule& host = context_.host->schedule;
  const LocalDate first = week_of(date, host.week_start);
  const LocalDate last = first.plus(days{6});
  if (week_ != first) count_week(first);
  const Count& day = days_[static_cast<std::size_t>((date - first).count())];
  if (reached(type.daily_limit, day.type))
    return ReachedLimit{UnavailableReason::daily_limit_type, *type.daily_limit, day.type, date, date};
  if (reached(type.weekly_limit, total_.type))
    return ReachedLimit{UnavailableReason::weekly_limit_type, *type.weekly_limit, total_.type, first, last};
  if (reached(host.daily_limit, day.host))
    return ReachedLimit{UnavailableReason::daily_limit_host, *host.daily_limit, day.host, date, date};
  if (reached(host.weekly_limit, total_.host))
    return ReachedLimit{UnavailableReason::weekly_limit_host, *host.weekly_limit, total_.host, first, last};
  return std::nullopt;
}

}  // namespace scheduling
