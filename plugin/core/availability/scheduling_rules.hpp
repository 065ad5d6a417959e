#pragma once
/// The rules under which one meeting type is booked with one host: the type's settings, with the
/// host's defaults where the type is silent.
#include <bitset>
#include <chrono>
#include <cstdint>
#include <optional>

#include "plugin/core/catalog/meeting_type_settings.hpp"
#include "plugin/core/schedule/host_schedule.hpp"
#include "plugin/core/schedule/local_span.hpp"

namespace scheduling {

struct SchedulingRules {
  std::chrono::minutes duration{30};
  std::chrono::minutes interval{30};
  Align align = Align::start;
  std::chrono::minutes buffer_before{0};
  std::chrono::minutes buffer_after{0};
  std::chrono::minutes notice_min{240};
  std::optional<std::chrono::days> advance_max;
  std::optional<LocalDate> bookable_from;   ///< inclusive, in the host's zone
  std::optional<LocalDate> bookable_until;  ///< inclusive
  std::optional<std::int32_t> daily_limit;  ///< of this type with this host
  std::optional<std::int32_t> weekly_limit;
  std::bitset<7> days = std::bitset<7>{0b111'1111};  ///< bit 0 is Sunday
  std::optional<DaySpans> hours;                     ///< narrows each day; none: no narrowing

  /// `duration` must lie in k_duration_minutes. Settings and defaults were validated where they were
  /// made, so what is checked here is what only both together can break.
  static Result<SchedulingRules> make(std::chrono::minutes duration, const MeetingTypeSettings& settings,
                                      const BookingDefaults& defaults);
  /// Leaves the host's hours as they are.
  void drop_narrowing() {
    days.set();
    hours.reset();
  }
};

}  // namespace scheduling
