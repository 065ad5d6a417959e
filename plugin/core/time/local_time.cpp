#include "plugin/core/time/local_time.hpp"

#include "plugin/core/time/digits.hpp"

namespace scheduling {
namespace {

/// Years whose every date lies inside the range of instants.
constexpr int k_year_min = 1970;
constexpr int k_year_max = 2199;

}  // namespace

std::optional<LocalDate> LocalDate::make(int year, unsigned month, unsigned day) {
  if (year < k_year_min || year > k_year_max) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
  if (!ymd.ok()) return std::nullopt;
  return LocalDate{std::chrono::local_days{ymd}};
}

std::optional<LocalDate> LocalDate::parse(std::string_view text) {
  const int year = take_digits(text, 4);
  if (year < 0 || !take(text, '-')) return std::nullopt;
  const int month = take_digits(text, 2);
  if (month < 0 || !take(text, '-')) return std::nullopt;
  const int day = take_digits(text, 2);
  if (day < 0 || !text.empty()) return std::nullopt;
  return make(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

std::string LocalDate::text() const {
  const auto date = ymd();
  std::string text(10, '-');
  put_digits(text.data(), static_cast<int>(date.year()), 4);
  put_digits(text.data() + 5, static_cast<int>(static_cast<unsigned>(date.month())), 2);
  put_digits(text.data() + 8, static_cast<int>(static_cast<unsigned>(date.day())), 2);
  return text;
}

std::optional<LocalTime> LocalTime::parse(std::string_view text) {
  const int hour = take_digits(text, 2);
  if (hour < 0 || !take(text, ':')) return std::nullopt;
  const int minute = take_digits(text, 2);
  if (minute < 0 || minute > 59 || !text.empty()) return std::nullopt;
  return make(std::chrono::hours{hour} + std::chrono::minutes{minute});
}

std::string LocalTime::text() const {
  std::string text(5, ':');
  put_digits(text.data(), minutes_ / 60, 2);
  put_digits(text.data() + 3, minutes_ % 60, 2);
  return text;
}

std::string format_wall(WallTime wall) {
  const LocalDate date = LocalDate::of(wall);
  const auto minute = std::chrono::floor<std::chrono::minutes>(wall - date.days()).count();
  std::string text = date.text() + "T00:00";
  put_digits(text.data() + 11, static_cast<int>(minute / 60), 2);
  put_digits(text.data() + 14, static_cast<int>(minute % 60), 2);
  return text;
}

}  // namespace scheduling
