#pragma once
/// Everything a meeting type may set for itself. An absent value is inherited or has the default named here.
#include <bitset>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/catalog/setting_choices.hpp"
#include "plugin/core/error.hpp"
#include "plugin/core/patch.hpp"
#include "plugin/core/schedule/local_span.hpp"

namespace scheduling {

/// The horizon when the type speaks of it: with days, or expressly none.
struct AdvanceMax {
  std::optional<std::int64_t> days;
  friend bool operator==(const AdvanceMax&, const AdvanceMax&) = default;
};

struct HoursDraft {
  std::string start_time;
  std::string end_time;
};

/// The JSON object `settings` in plain values. One list of fields for two uses: as the draft each is empty or has a
/// value, as the patch each is absent, null or has a value.
template <template <class> class Field>
struct MeetingTypeSettingsFields {
  Field<std::int64_t> slot_interval_minutes{};
  Field<std::string> align{};
  Field<std::int64_t> buffer_before_minutes{};
  Field<std::int64_t> buffer_after_minutes{};
  Field<std::int64_t> minimum_notice_minutes{};
  Field<AdvanceMax> max_days_in_advance{};  ///< JSON null is AdvanceMax{}: no horizon
  Field<std::string> bookable_from{};
  Field<std::string> bookable_until{};
  Field<std::int64_t> daily_limit{};
  Field<std::int64_t> weekly_limit{};
  Field<std::vector<std::int64_t>> available_days{};
  Field<std::vector<HoursDraft>> available_hours{};
  Field<std::int64_t> cancel_notice_minutes{};
  Field<std::int64_t> reschedule_notice_minutes{};
  Field<std::vector<std::int64_t>> reminder_offsets_minutes{};
  Field<std::string> confirmation_message{};
  Field<std::string> confirmation_redirect_url{};
  Field<std::string> event_title{};
  Field<std::string> event_description{};
  Field<std::string> owner_first{};
  Field<std::int64_t> owner_wait_days{};
  Field<bool> reassign_on_reschedule{};
  Field<bool> requires_confirmation{};
  Field<std::int64_t> confirmation_hours{};
  Field<std::string> verify_email{};
  Field<std::string> consent_text{};
  Field<bool> consent_required{};
  Field<bool> no_show_rebook{};
};
using MeetingTypeSettingsDraft = MeetingTypeSettingsFields<std::optional>;
using MeetingTypeSettingsPatch = MeetingTypeSettingsFields<Patch>;

/// Calls `visit(key, field of each of settings…)` for every setting, in the order in which they are published. The keys
/// are those of the JSON object; "confirmation.message" is the key `message` of its object `confirmation`. The JSON
/// codec and apply_patch() are made of it, so a new setting is described here, in the struct above and in checked().
template <class Visit, class... Settings>
void for_each_setting(Visit&& visit, Settings&... s) {
  visit("slot_interval_minutes", s.slot_interval_minutes...);
  visit("align", s.align...);
  visit("buffer_before_minutes", s.buffer_before_minutes...);
  visit("buffer_after_minutes", s.buffer_after_minutes...);
  visit("minimum_notice_minutes", s.minimum_notice_minutes...);
  visit("max_days_in_advance", s.max_days_in_advance...);
  visit("bookable_from", s.bookable_from...);
  visit("bookable_until", s.bookable_until...);
  visit("daily_limit", s.daily_limit...);
  visit("weekly_limit", s.weekly_limit...);
  visit("available_days", s.available_days...);
  visit("available_hours", s.available_hours...);
  visit("cancel_notice_minutes", s.cancel_notice_minutes...);
  visit("reschedule_notice_minutes", s.reschedule_notice_minutes...);
  visit("reminder_offsets_minutes", s.reminder_offsets_minutes...);
  visit("confirmation.message", s.confirmation_message...);
  visit("confirmation.redirect_url", s.confirmation_redirect_url...);
  visit("event.title", s.event_title...);
  visit("event.description", s.event_description...);
  visit("owner_first", s.owner_first...);
  visit("owner_wait_days", s.owner_wait_days...);
  visit("reassign_on_reschedule", s.reassign_on_reschedule...);
  visit("requires_confirmation", s.requires_confirmation...);
  visit("confirmation_hours", s.confirmation_hours...);
  visit("verify_email", s.verify_email...);
  visit("consent.text", s.consent_text...);
  visit("consent.required", s.consent_required...);
  visit("no_show_rebook", s.no_show_rebook...);
}

struct MeetingTypeSettings {
  std::optional<std::chrono::minutes> interval;  ///< absent: the duration
  std::optional<Align> align;                    ///< absent: start
  std::optional<std::chrono::minutes> buffer_before;
  std::optional<std::chrono::minutes> buffer_after;
  std::optional<std::chrono::minutes> notice_min;
  std::optional<AdvanceMax> advance_max;
  std::optional<LocalDate> bookable_from;
  std::optional<LocalDate> bookable_until;
  std::optional<std::int32_t> daily_limit;
  std::optional<std::int32_t> weekly_limit;
  std::optional<std::bitset<7>> days;  ///< bit 0 is Sunday
  std::optional<DaySpans> hours;
  std::optional<std::chrono::minutes> cancel_notice;                  ///< absent: 0
  std::optional<std::chrono::minutes> reschedule_notice;              ///< absent: 0
  std::optional<std::vector<std::chrono::minutes>> reminder_offsets;  ///< absent: 24 h and 1 h
  std::optional<std::string> confirmation_message;
  std::optional<std::string> confirmation_redirect_url;
  std::optional<std::string> event_title;
  std::optional<std::string> event_description;
  std::optional<OwnerFirst> owner_first;  ///< absent: off
  std::optional<int> owner_wait_days;     ///< days with open hours of the owner; absent: 5
  std::optional<bool> reassign_on_reschedule;
  std::optional<bool> requires_confirmation;
  std::optional<std::chrono::hours> confirmation_window;  ///< absent: 48 h
  std::optional<VerifyEmail> verify_email;                ///< absent: off
  std::optional<std::string> consent_text;                ///< absent: nobody is asked
  std::optional<bool> consent_required;                   ///< with a text: without consent nothing is booked
  std::optional<bool> no_show_rebook;                     ///< who did not come is offered to book again, once

  /// Fields are named "settings.align", "settings.available_hours[0].end_time", "settings.event.title".
  static MeetingTypeSettings checked(const MeetingTypeSettingsDraft& draft, FieldErrors& errors);

  std::chrono::minutes cancel_notice_or_default() const;
  std::chrono::minutes reschedule_notice_or_default() const;
  std::vector<std::chrono::minutes> reminders_or_default() const;
  OwnerFirst owner_first_or_default() const { return owner_first.value_or(OwnerFirst::off); }
  int owner_wait_days_or_default() const { return owner_wait_days.value_or(5); }
  VerifyEmail verify_email_or_default() const { return verify_email.value_or(VerifyEmail::off); }
  bool needs_consent() const { return consent_text && consent_required.value_or(false); }
  std::chrono::hours confirmation_window_or_default() const;
};

MeetingTypeSettingsDraft to_draft(const MeetingTypeSettings& settings);
MeetingTypeSettingsDraft apply_patch(MeetingTypeSettingsDraft draft, const MeetingTypeSettingsPatch& patch);
/// `settings: null`: every setting is null, so all are inherited again.
MeetingTypeSettingsPatch clear_all_settings();
inline constexpr std::size_t k_reminders_max = 10;

}  // namespace scheduling
