#include "plugin/core/availability/scheduling_rules.hpp"

#include "plugin/core/schedule/number_bounds.hpp"

namespace scheduling {

Result<SchedulingRules> SchedulingRules::make(std::chrono::minutes duration, const MeetingTypeSettings& settings,
                                              const BookingDefaults& defaults) {
  if (duration.count() < k_duration_minutes.min || duration.count() > k_duration_minutes.max) {
    return fail(Code::broken, "a meeting type's duration is out of range");
  }
  SchedulingRules rules;
  rules.duration = duration;
  rules.interval = settings.interval.value_or(duration);
  rules.align = settings.align.value_or(Align::start);
  rules.buffer_before = settings.buffer_before.value_or(defaults.buffer_before);
  rules.buffer_after = settings.buffer_after.value_or(defaults.buffer_after);
  rules.notice_min = settings.notice_min.value_or(defaults.notice_min);
  rules.advance_max = defaults.advance_max;
  if (settings.advance_max) {
    rules.advance_max.reset();
    if (settings.advance_max->days) rules.advance_max = std::chrono::days{*settings.advance_max->days};
  }
  rules.bookable_from = settings.bookable_from;
  rules.bookable_until = settings.bookable_until;
  rules.daily_limit = settings.daily_limit;
  rules.weekly_limit = settings.weekly_limit;
  if (settings.days) rules.days = *settings.days;
  rules.hours = settings.hours;
  return rules;
}

}  // namespace scheduling
