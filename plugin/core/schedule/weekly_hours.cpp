#include "plugin/core/schedule/weekly_hours.hpp"

#include "plugin/core/schedule/hours_text.hpp"
#include "plugin/core/schedule/number_bounds.hpp"

namespace scheduling {

WeeklyHours::WeeklyHours(std::vector<WeeklyRule> rules) : rules_(std::move(rules)) {
  std::array<DaySpans, 7> available;
  std::array<DaySpans, 7> blocked;
  for (const WeeklyRule& rule : rules_) {
    (rule.is_available ? available : blocked)[rule.day.c_encoding()].push_back(rule.hours);
  }
  for (std::size_t day = 0; day < open_.size(); ++day) {
    open_[day] = subtract(unite(std::move(available[day])), unite(std::move(blocked[day])));
  }
}

Result<WeeklyHours> WeeklyHours::make(const std::vector<WeeklyRuleDraft>& drafts) {
  FieldErrors errors;
  if (drafts.size() > k_weekly_rules_max) {
    return fail(invalid_field("rules", "too_long", "At most " + std::to_string(k_weekly_rules_max) + " rules."));
  }
  std::vector<WeeklyRule> rules;
  rules.reserve(drafts.size());
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const WeeklyRuleDraft& draft = drafts[i];
    const std::string prefix = "rules[" + std::to_string(i) + "].";
    const auto day = check_bounds(errors, prefix + "day_of_week", draft.day_of_week, Bounds{0, 6});
    const auto hours = check_hours(errors, prefix, draft.start_time, draft.end_time);
    if (hours) {
      rules.push_back({std::chrono::weekday{static_cast<unsigned>(day)}, *hours, draft.is_available});
    }
  }
  if (!errors.empty()) return fail(std::move(errors).to_error());
  return WeeklyHours{std::move(rules)};
}

}  // namespace scheduling
