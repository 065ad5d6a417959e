#include "plugin/core/time/instant.hpp"

#include "plugin/core/time/digits.hpp"
#include "plugin/core/time/local_time.hpp"

namespace scheduling {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::optional<seconds> take_time(std::string_view& text) {
  const int hour = take_digits(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
  const int minute = take_digits(text, 2);
  if (minute < 0 || minute > 59 || !take(text, ':')) return std::nullopt;
  const int second = take_digits(text, 2);
  if (second < 0 || second > 59) return std::nullopt;
  return hours{hour} + minutes{minute} + seconds{second};
}

/// A fraction may be written, as browsers do, but must be zero: rounding it would move the instant.
bool take_zero_fraction(std::string_view& text) {
  if (!take(text, '.')) return true;
  std::size_t digits = 0;
  while (take(text, '0')) ++digits;
  return digits >= 1 && digits <= 9;
}

std::optional<seconds> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return seconds{0};
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const int hour = take_digits(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
  const int minute = take_digits(text, 2);
  if (minute < 0 || minute > 59) return std::nullopt;
  return sign * (hours{hour} + minutes{minute});
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < 20) return std::nullopt;
  const auto date = LocalDate::parse(text.substr(0, 10));
  if (!date) return std::nullopt;
  text.remove_prefix(10);
  if (!take(text, 'T') && !take(text, 't')) return std::nullopt;
  const auto time = take_time(text);
  if (!time || !take_zero_fraction(text)) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  const Instant instant = Instant{date->days().time_since_epoch()} + *time - *offset;
  if (instant < k_instant_min || instant >= k_instant_end) return std::nullopt;
  return instant;
}

void write_instant(Instant instant, char* out) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day ymd{day};
  const auto second_of_day = static_cast<int>((instant - day).count());
  out = put_digits(out, static_cast<int>(ymd.year()), 4);
  *out++ = '-';
  out = put_digits(out, static_cast<int>(static_cast<unsigned>(ymd.month())), 2);
  *out++ = '-';
  out = put_digits(out, static_cast<int>(static_cast<unsigned>(ymd.day())), 2);
  *out++ = 'T';
  out = put_digits(out, second_of_day / 3600, 2);
  *out++ = ':';
  out = put_digits(out, second_of_day / 60 % 60, 2);
  *out++ = ':';
  out = put_digits(out, second_of_day % 60, 2);
  *out = 'Z';
}

std::string format_instant(Instant instant) {
  std::string text(20, '\0');
  write_instant(instant, text.data());
  return text;
}

}  // namespace scheduling
