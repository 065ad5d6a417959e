#include "plugin/core/catalog/meeting_type_settings.hpp"

#include <algorithm>
#include <set>

#include "plugin/core/catalog/event_text.hpp"
#include "plugin/core/catalog/text_limits.hpp"
#include "plugin/core/schedule/hours_text.hpp"
#include "plugin/core/schedule/number_bounds.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/typed_text.hpp"
#include "plugin/core/text/web_values.hpp"

namespace scheduling {
namespace {

using std::chrono::minutes;
using Draft = MeetingTypeSettingsDraft;

std::optional<minutes> check_minutes(FieldErrors& errors, std::string_view field, std::optional<std::int64_t> value,
                                     Bounds bounds) {
  const auto checked = check_bounds(errors, field, value, bounds);
  if (!checked) return std::nullopt;
  return minutes{*checked};
}

std::optional<std::int32_t> check_limit(FieldErrors& errors, std::string_view field,
                                        std::optional<std::int64_t> value) {
  const auto checked = check_bounds(errors, field, value, k_meeting_limit);
  if (!checked) return std::nullopt;
  return static_cast<std::int32_t>(*checked);
}

std::optional<LocalDate> check_date(FieldErrors& errors, const std::string& field,
                                    const std::optional<std::string>& text) {
  if (!text || text->empty()) return std::nullopt;
  const auto date = LocalDate::parse(*text);
  if (!date) errors.add(field, "invalid_format", "Write the date as YYYY-MM-DD.");
  return date;
}

std::optional<Align> check_align(FieldErrors& errors, const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  for (const Align align : {Align::start, Align::clock}) {
    if (*text == name_of(align)) return align;
  }
  errors.add("settings.align", "invalid_option", "Choose start or clock.");
  return std::nullopt;
}

std::optional<OwnerFirst> check_owner_first(FieldErrors& errors, const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  for (const OwnerFirst each : {OwnerFirst::off, OwnerFirst::prefer, OwnerFirst::strict}) {
    if (*text == name_of(each)) return each;
  }
  errors.add("settings.owner_first", "invalid_option", "Choose off, prefer or strict.");
  return std::nullopt;
}

std::optional<VerifyEmail> check_verify_email(FieldErrors& errors, const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  for (const VerifyEmail each : {VerifyEmail::off, VerifyEmail::new_addresses}) {
    if (*text == name_of(each)) return each;
  }
  errors.add("settings.verify_email", "invalid_option", "Choose off or new_addresses.");
  return std::nullopt;
}

std::optional<std::bitset<7>> check_days(FieldErrors& errors, const std::optional<std::vector<std::int64_t>>& days) {
  if (!days) return std::nullopt;
  std::bitset<7> set;
  for (std::size_t i = 0; i < days->size(); ++i) {
    const std::string field = "settings.available_days[" + std::to_string(i) + "]";
    const std::int64_t day = (*days)[i];
    if (day < 0 || day > 6) {
      errors.add(field, "out_of_range", "Days are numbered from 0 (Sunday) to 6 (Saturday).");
    } else if (set.test(static_cast<std::size_t>(day))) {
      errors.add(field, "duplicate", "This day stands here already.");
    } else {
      set.set(static_cast<std::size_t>(day));
    }
    if (i == 14) break;  // A longer list cannot be right; its first errors say enough.
  }
  return set;
}

std::optional<DaySpans> check_day_hours(FieldErrors& errors, const std::optional<std::vector<HoursDraft>>& hours) {
  constexpr std::size_t k_hours_max = 20;
  if (!hours) return std::nullopt;
  if (hours->size() > k_hours_max) {
    errors.add("settings.available_hours", "too_long", "At most 20 entries.");
    return std::nullopt;
  }
  DaySpans spans;
  for (std::size_t i = 0; i < hours->size(); ++i) {
    const std::string prefix = "settings.available_hours[" + std::to_string(i) + "].";
    const auto span = check_hours(errors, prefix, (*hours)[i].start_time, (*hours)[i].end_time);
    if (span) spans.push_back(*span);
  }
  return unite(std::move(spans));
}

std::optional<std::vector<minutes>> check_reminders(FieldErrors& errors,
                                                    const std::optional<std::vector<std::int64_t>>& offsets) {
  const std::string field = "settings.reminder_offsets_minutes";
  if (!offsets) return std::nullopt;
  if (offsets->size() > k_reminders_max) {
    errors.add(field, "too_long", "At most " + std::to_string(k_reminders_max) + " reminders.");
    return std::nullopt;
  }
  std::vector<minutes> checked;
  for (std::size_t i = 0; i < offsets->size(); ++i) {
    const std::string name = field + "[" + std::to_string(i) + "]";
    const minutes offset{check_bounds(errors, name, (*offsets)[i], k_reminder_minutes)};
    if (std::find(checked.begin(), checked.end(), offset) != checked.end() && !errors.names(name)) {
      errors.add(name, "duplicate", "This reminder stands here already.");
    }
    checked.push_back(offset);
  }
  return checked;
}

std::optional<std::string> check_template(FieldErrors& errors, const std::string& field,
                                          const std::optional<std::string>& text, TextRule rule) {
  auto value = check_optional_text(errors, field, text, rule);
  if (!value) return value;
  if (const auto unknown = unknown_placeholder(*value)) {
    errors.add(field, "invalid_option",
               "There is no placeholder \"" + *unknown + "\"; use " + placeholder_list() + ".");
  }
  return value;
}

std::optional<std::string> check_redirect(FieldErrors& errors, const std::optional<std::string>& text) {
  const std::string value = typed_value(text ? *text : std::string_view{});
  if (value.empty()) return std::nullopt;
  if (is_web_address(value, Scheme::http_or_https)) return value;
  errors.add("settings.confirmation.redirect_url", "invalid_url",
             "Enter an address that begins with https:// or http://.");
  return std::nullopt;
}

void check_grid_and_buffers(MeetingTypeSettings& settings, const Draft& draft, FieldErrors& errors) {
  settings.interval =
      check_minutes(errors, "settings.slot_interval_minutes", draft.slot_interval_minutes, k_interval_minutes);
  settings.align = check_align(errors, draft.align);
  settings.buffer_before =
      check_minutes(errors, "settings.buffer_before_minutes", draft.buffer_before_minutes, k_buffer_minutes);
  settings.buffer_after =
      check_minutes(errors, "settings.buffer_after_minutes", draft.buffer_after_minutes, k_buffer_minutes);
  settings.days = check_days(errors, draft.available_days);
  settings.hours = check_day_hours(errors, draft.available_hours);
}

void check_bookable_time(MeetingTypeSettings& settings, const Draft& draft, FieldErrors& errors) {
  settings.notice_min =
      check_minutes(errors, "settings.minimum_notice_minutes", draft.minimum_notice_minutes, k_notice_minutes);
  if (draft.max_days_in_advance) {
    settings.advance_max = AdvanceMax{
        check_bounds(errors, "settings.max_days_in_advance", draft.max_days_in_advance->days, k_advance_days)};
  }
  settings.bookable_from = check_date(errors, "settings.bookable_from", draft.bookable_from);
  settings.bookable_until = check_date(errors, "settings.bookable_until", draft.bookable_until);
  if (settings.bookable_from && settings.bookable_until && *settings.bookable_until < *settings.bookable_from) {
    errors.add("settings.bookable_until", "out_of_range", "The last date must not be before the first.");
  }
  settings.daily_limit = check_limit(errors, "settings.daily_limit", draft.daily_limit);
  settings.weekly_limit = check_limit(errors, "settings.weekly_limit", draft.weekly_limit);
}

void check_after_booking(MeetingTypeSettings& settings, const Draft& draft, FieldErrors& errors) {
  settings.cancel_notice =
      check_minutes(errors, "settings.cancel_notice_minutes", draft.cancel_notice_minutes, k_notice_minutes);
  settings.reschedule_notice =
      check_minutes(errors, "settings.reschedule_notice_minutes", draft.reschedule_notice_minutes, k_notice_minutes);
  settings.reminder_offsets = check_reminders(errors, draft.reminder_offsets_minutes);
  settings.owner_first = check_owner_first(errors, draft.owner_first);
  if (const auto days = check_bounds(errors, "settings.owner_wait_days", draft.owner_wait_days, k_owner_wait_days))
    settings.owner_wait_days = static_cast<int>(*days);
  settings.reassign_on_reschedule = draft.reassign_on_reschedule;
  settings.requires_confirmation = draft.requires_confirmation;
  const auto hours =
      check_bounds(errors, "settings.confirmation_hours", draft.confirmation_hours, k_confirmation_hours);
  if (hours) settings.confirmation_window = std::chrono::hours{*hours};
  settings.verify_email = check_verify_email(errors, draft.verify_email);
  settings.consent_text = check_optional_text(errors, "settings.consent.text", draft.consent_text,
                                              {.length_max = k_consent_length_max, .lines = Lines::many});
  settings.consent_required = draft.consent_required;
  settings.no_show_rebook = draft.no_show_rebook;
}

void check_texts(MeetingTypeSettings& settings, const Draft& draft, FieldErrors& errors) {
  settings.confirmation_message =
      check_optional_text(errors, "settings.confirmation.message", draft.confirmation_message,
                          {.length_max = k_confirmation_length_max, .lines = Lines::many});
  settings.confirmation_redirect_url = check_redirect(errors, draft.confirmation_redirect_url);
  settings.event_title =
      check_template(errors, "settings.event.title", draft.event_title, {.length_max = k_event_title_length_max});
  settings.event_description = check_template(errors, "settings.event.description", draft.event_description,
                                              {.length_max = k_description_length_max, .lines = Lines::many});
}

template <class T>
std::optional<std::int64_t> count_of(const std::optional<T>& duration) {
  if (!duration) return std::nullopt;
  return duration->count();
}

template <class T>
std::optional<std::string> text_of(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return value->text();
}

template <class T>
std::optional<std::string> name_if(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return std::string(name_of(*value));
}

}  // namespace

std::string_view name_of(Align align) {
  return align == Align::clock ? "clock" : "start";
}

std::string_view name_of(VerifyEmail verify_email) {
  return verify_email == VerifyEmail::new_addresses ? "new_addresses" : "off";
}

std::string_view name_of(OwnerFirst owner_first) {
  switch (owner_first) {
    case OwnerFirst::off: return "off";
    case OwnerFirst::prefer: return "prefer";
    case OwnerFirst::strict: return "strict";
  }
  return "off";
}

MeetingTypeSettings MeetingTypeSettings::checked(const MeetingTypeSettingsDraft& draft, FieldErrors& errors) {
  MeetingTypeSettings settings;
  check_grid_and_buffers(settings, draft, errors);
  check_bookable_time(settings, draft, errors);
  check_after_booking(settings, draft, errors);
  check_texts(settings, draft, errors);
  return settings;
}

minutes MeetingTypeSettings::cancel_notice_or_default() const {
  return cancel_notice.value_or(minutes{0});
}

minutes MeetingTypeSettings::reschedule_notice_or_default() const {
  return reschedule_notice.value_or(minutes{0});
}

std::chrono::hours MeetingTypeSettings::confirmation_window_or_default() const {
  return confirmation_window.value_or(std::chrono::hours{48});
}

std::vector<minutes> MeetingTypeSettings::reminders_or_default() const {
  return reminder_offsets.value_or(std::vector<minutes>{minutes{1440}, minutes{60}});
}

MeetingTypeSettingsDraft to_draft(const MeetingTypeSettings& settings) {
  MeetingTypeSettingsDraft draft;
  draft.slot_interval_minutes = count_of(settings.interval);
  draft.align = name_if(settings.align);
  draft.buffer_before_minutes = count_of(settings.buffer_before);
  draft.buffer_after_minutes = count_of(settings.buffer_after);
  draft.minimum_notice_minutes = count_of(settings.notice_min);
  draft.max_days_in_advance = settings.advance_max;
  draft.bookable_from = text_of(settings.bookable_from);
  draft.bookable_until = text_of(settings.bookable_until);
  draft.daily_limit = settings.daily_limit;
  draft.weekly_limit = settings.weekly_limit;
  if (settings.days) {
    draft.available_days.emplace();
    for (std::size_t day = 0; day < 7; ++day) {
      if (settings.days->test(day)) draft.available_days->push_back(static_cast<std::int64_t>(day));
    }
  }
  if (settings.hours) {
    draft.available_hours.emplace();
    for (const LocalSpan& span : *settings.hours) {
      draft.available_hours->push_back({span.start.text(), span.end.text()});
    }
  }
  draft.cancel_notice_minutes = count_of(settings.cancel_notice);
  draft.reschedule_notice_minutes = count_of(settings.reschedule_notice);
  if (settings.reminder_offsets) {
    draft.reminder_offsets_minutes.emplace();
    for (const minutes offset : *settings.reminder_offsets) draft.reminder_offsets_minutes->push_back(offset.count());
  }
  draft.confirmation_message = settings.confirmation_message;
  draft.confirmation_redirect_url = settings.confirmation_redirect_url;
  draft.event_title = settings.event_title;
  draft.event_description = settings.event_description;
  draft.owner_first = name_if(settings.owner_first);
  draft.owner_wait_days = settings.owner_wait_days;
  draft.reassign_on_reschedule = settings.reassign_on_reschedule;
  draft.requires_confirmation = settings.requires_confirmation;
  draft.confirmation_hours = count_of(settings.confirmation_window);
  draft.verify_email = name_if(settings.verify_email);
  draft.consent_text = settings.consent_text;
  draft.consent_required = settings.consent_required;
  draft.no_show_rebook = settings.no_show_rebook;
  return draft;
}

MeetingTypeSettingsDraft apply_patch(MeetingTypeSettingsDraft draft, const MeetingTypeSettingsPatch& patch) {
  for_each_setting([](std::string_view, auto& slot, const auto& change) { apply_field(slot, change); }, draft, patch);
  return draft;
}

MeetingTypeSettingsPatch clear_all_settings() {
  MeetingTypeSettingsPatch patch;
  for_each_setting([](std::string_view, auto& change) { change = std::nullopt; }, patch);
  return patch;
}

}  // namespace scheduling
