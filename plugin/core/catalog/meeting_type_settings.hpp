#pragma once
/// Everything a meeting type may set for itself. An absent value is inherited or has the default named here.
#include <bitset>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/schedule/local_span.hpp"
#include "plugin/core/error.hpp"

namespace scheduling {

enum class Align : std::uint8_t { start, clock };
enum class OwnerFirst : std::uint8_t { off, prefer, strict };
std::string_view name_of(Align align);
std::string_view name_of(OwnerFirst owner_first);

/// The horizon when the type speaks of it: with days, or expressly none.
struct AdvanceMax {
  std::optional<std::int64_t> days;
  friend bool operator==(const AdvanceMax&, const AdvanceMax&) = default;
};

struct HoursDraft {
  std::string start_time;
  std::string end_time;
};

/// The JSON object `settings` in plain values, key for key. Absent keys are empty.
struct MeetingTypeSettingsDraft {
  std::optional<std::int64_t> slot_interval_minutes;
  std::optional<std::string> align;
  std::optional<std::int64_t> buffer_before_minutes;
  std::optional<std::int64_t> buffer_after_minutes;
  std::optional<std::int64_t> minimum_notice_minutes;
  std::optional<AdvanceMax> max_days_in_advance;  ///< JSON null: AdvanceMax{} (no horizon); absent: inherited
  std::optional<std::string> bookable_from;
  std::optional<std::string> bookable_until;
  std::optional<std::int64_t> daily_limit;
  std::optional<std::int64_t> weekly_limit;
  std::optional<std::vector<std::int64_t>> available_days;
  std::optional<std::vector<HoursDraft>> available_hours;
  std::optional<std::int64_t> cancel_notice_minutes;
  std::optional<std::int64_t> reschedule_notice_minutes;
  std::optional<std::vector<std::int64_t>> reminder_offsets_minutes;
  std::optional<std::string> confirmation_message;       ///< confirmation.message
  std::optional<std::string> confirmation_redirect_url;  ///< confirmation.redirect_url
  std::optional<std::string> event_title;                ///< event.title
  std::optional<std::string> event_description;          ///< event.description
  std::optional<std::string> owner_first;
  std::optional<bool> reassign_on_reschedule;
  std::optional<bool> requires_confirmation;
  std::optional<std::int64_t> confirmation_hours;
};

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
  std::optional<bool> reassign_on_reschedule;
  std::optional<bool> requires_confirmation;
  std::optional<std::chrono::hours> confirmation_window;  ///< absent: 48 h

  /// Fields are named "settings.align", "settings.available_hours[0].end_time", "settings.event.title".
  static MeetingTypeSettings checked(const MeetingTypeSettingsDraft& draft, FieldErrors& errors);

  std::chrono::minutes cancel_notice_or_default() const { return cancel_notice.value_or(std::chrono::minutes{0}); }
  std::chrono::minutes reschedule_notice_or_default() const {
    return reschedule_notice.value_or(std::chrono::minutes{0});
  }
  std::vector<std::chrono::minutes> reminders_or_default() const;
  std::chrono::hours confirmation_window_or_default() const {
    return confirmation_window.value_or(std::chrono::hours{48});
  }
};

MeetingTypeSettingsDraft to_draft(const MeetingTypeSettings& settings);

inline constexpr std::size_t k_reminders_max = 10;

}  // namespace scheduling
