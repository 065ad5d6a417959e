#include "plugin/core/schedule/day_override.hpp"

#include "plugin/core/schedule/hours_text.hpp"
#include "plugin/core/text/plain_text.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_reason_length_max = 255;

std::optional<LocalSpan> check_override_hours(FieldErrors& errors, const DayOverrideDraft& draft) {
  const bool has_either = draft.start_time || draft.end_time;
  if (!has_either && !draft.is_available) return std::nullopt;
  return check_hours(errors, "", draft.start_time.value_or(""), draft.end_time.value_or(""));
}

}  // namespace

Result<DayOverride> DayOverride::make(const DayOverrideDraft& draft) {
  FieldErrors errors;
  DayOverride result;
  if (const auto date = LocalDate::parse(draft.date)) {
    result.date = *date;
  } else {
    errors.add("date", draft.date.empty() ? "required" : "invalid_format", "Write the date as YYYY-MM-DD.");
  }
  result.is_available = draft.is_available;
  result.hours = check_override_hours(errors, draft);
  result.reason = check_optional_text(errors, "reason", draft.reason, {.length_max = k_reason_length_max});
  if (!errors.empty()) return fail(std::move(errors).to_error());
  return result;
}

DaySpans apply_overrides(const DaySpans& weekly, std::span<const DayOverride> overrides) {
  DaySpans available;
  DaySpans blocked;
  for (const DayOverride& row : overrides) {
    if (!row.hours) return {};
    (row.is_available ? available : blocked).push_back(*row.hours);
  }
  const DaySpans& base = available.empty() ? weekly : (available = unite(std::move(available)));
  return subtract(base, unite(std::move(blocked)));
}

}  // namespace scheduling
