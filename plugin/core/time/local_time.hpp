#pragma once
/// Wall-clock values without a zone: dates, times of day, and both together. None converts to an
/// instant by itself; that takes ZoneRules.
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scheduling {

/// What a clock on some wall shows. A type of its own: it never mixes with Instant.
using WallTime = std::chrono::local_seconds;

/// A valid calendar date.
class LocalDate {
 public:
  constexpr LocalDate() = default;
  explicit constexpr LocalDate(std::chrono::local_days days) : days_(days) {}
  /// Empty unless the date exists and lies in 1970..2199.
  static std::optional<LocalDate> make(int year, unsigned month, unsigned day);
  /// "2025-01-15" and nothing else.
  static std::optional<LocalDate> parse(std::string_view text);
  static LocalDate of(WallTime wall) { return LocalDate{std::chrono::floor<std::chrono::days>(wall)}; }

  std::string text() const;  ///< "2025-01-15"
  std::chrono::year_month_day ymd() const { return std::chrono::year_month_day{days_}; }
  std::chrono::weekday weekday() const { return std::chrono::weekday{days_}; }
  constexpr std::chrono::local_days days() const { return days_; }
  constexpr LocalDate plus(std::chrono::days count) const { return LocalDate{days_ + count}; }

  friend constexpr auto operator<=>(const LocalDate&, const LocalDate&) = default;
  friend constexpr std::chrono::days operator-(LocalDate a, LocalDate b) { return a.days_ - b.days_; }

 private:
  std::chrono::local_days days_{};
};

/// Minutes since local midnight, 0..1440. 24:00 is the legal end of a day.
class LocalTime {
 public:
  constexpr LocalTime() = default;
  /// Empty unless 0 <= minutes <= 1440.
  static constexpr std::optional<LocalTime> make(std::chrono::minutes since_midnight);
  /// "09:30", "24:00"; nothing shorter, longer or signed.
  static std::optional<LocalTime> parse(std::string_view text);

  std::string text() const;  ///< "09:30"
  constexpr std::chrono::minutes since_midnight() const { return std::chrono::minutes{minutes_}; }
  friend constexpr auto operator<=>(const LocalTime&, const LocalTime&) = default;

 private:
  explicit constexpr LocalTime(std::int16_t minutes) : minutes_(minutes) {}
  std::int16_t minutes_ = 0;
};

constexpr std::optional<LocalTime> LocalTime::make(std::chrono::minutes since_midnight) {
  if (since_midnight < std::chrono::minutes{0} || since_midnight > std::chrono::minutes{1440}) return std::nullopt;
  return LocalTime{static_cast<std::int16_t>(since_midnight.count())};
}

/// 24:00 of one date is 00:00 of the next.
constexpr WallTime wall_time(LocalDate date, LocalTime time) {
  return date.days() + time.since_midnight();
}

/// "2025-01-15T09:00".
std::string format_wall(WallTime wall);

}  // namespace scheduling
