#include "plugin/core/schedule/host_schedule.hpp"

#include "plugin/core/schedule/number_bounds.hpp"
#include "plugin/core/text/typed_text.hpp"

namespace scheduling {
namespace {

using std::chrono::minutes;

BookingDefaults check_defaults(FieldErrors& errors, const AvailabilityDraft& draft) {
  BookingDefaults defaults;
  defaults.buffer_before =
      minutes{check_bounds(errors, "defaults.buffer_before_minutes", draft.buffer_before_minutes, k_buffer_minutes)};
  defaults.buffer_after =
      minutes{check_bounds(errors, "defaults.buffer_after_minutes", draft.buffer_after_minutes, k_buffer_minutes)};
  defaults.notice_min =
      minutes{check_bounds(errors, "defaults.minimum_notice_minutes", draft.minimum_notice_minutes, k_notice_minutes)};
  const auto days = check_bounds(errors, "defaults.max_days_in_advance", draft.max_days_in_advance, k_advance_days);
  defaults.advance_max.reset();
  if (days) defaults.advance_max = std::chrono::days{*days};
  return defaults;
}

std::optional<std::int32_t> narrow(std::optional<std::int64_t> value) {
  if (!value) return std::nullopt;
  return static_cast<std::int32_t>(*value);
}

}  // namespace

Result<HostSchedule> HostSchedule::make(UserId user, const AvailabilityDraft& draft) {
  FieldErrors errors;
  HostSchedule schedule;
  schedule.user = user;
  if (const auto zone = ZoneId::parse(typed_value(draft.timezone))) {
    schedule.zone = *zone;
  } else if (draft.timezone.empty()) {
    errors.add("timezone", "required", "Choose a time zone.");
  } else {
    errors.add("timezone", "invalid_timezone", "Choose a time zone such as America/New_York.");
  }
  const auto week_start = check_bounds(errors, "week_start", draft.week_start, Bounds{0, 6});
  schedule.week_start = std::chrono::weekday{static_cast<unsigned>(week_start)};
  if (auto hours = WeeklyHours::make(draft.rules)) {
    schedule.hours = std::move(*hours);
  } else {
    errors.add_all("", hours.error().fields);
  }
  schedule.daily_limit = narrow(check_bounds(errors, "daily_limit", draft.daily_limit, k_meeting_limit));
  schedule.weekly_limit = narrow(check_bounds(errors, "weekly_limit", draft.weekly_limit, k_meeting_limit));
  schedule.defaults = check_defaults(errors, draft);
  if (!errors.empty()) return fail(std::move(errors).to_error());
  return schedule;
}

AvailabilityDraft to_draft(const HostSchedule& schedule) {
  AvailabilityDraft draft;
  draft.timezone = schedule.zone.name();
  draft.week_start = schedule.week_start.c_encoding();
  for (const WeeklyRule& rule : schedule.hours.rules()) {
    draft.rules.push_back({rule.day.c_encoding(), rule.hours.start.text(), rule.hours.end.text(), rule.is_available});
  }
  if (schedule.daily_limit) draft.daily_limit = *schedule.daily_limit;
  if (schedule.weekly_limit) draft.weekly_limit = *schedule.weekly_limit;
  draft.buffer_before_minutes = schedule.defaults.buffer_before.count();
  draft.buffer_after_minutes = schedule.defaults.buffer_after.count();
  draft.minimum_notice_minutes = schedule.defaults.notice_min.count();
  draft.max_days_in_advance.reset();
  if (schedule.defaults.advance_max) draft.max_days_in_advance = schedule.defaults.advance_max->count();
  return draft;
}

AvailabilityDraft apply_patch(AvailabilityDraft draft, const AvailabilityPatch& patch) {
  apply_field(draft.timezone, patch.timezone);
  apply_field(draft.week_start, patch.week_start);
  apply_field(draft.rules, patch.rules);
  apply_field(draft.daily_limit, patch.daily_limit);
  apply_field(draft.weekly_limit, patch.weekly_limit);
  apply_field(draft.buffer_before_minutes, patch.buffer_before_minutes);
  apply_field(draft.buffer_after_minutes, patch.buffer_after_minutes);
  apply_field(draft.minimum_notice_minutes, patch.minimum_notice_minutes);
  apply_field(draft.max_days_in_advance, patch.max_days_in_advance);
  return draft;
}

}  // namespace scheduling
