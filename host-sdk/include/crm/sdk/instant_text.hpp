#pragma once
/// RFC 3339 text of instants, as every JSON answer and request writes them. Since: SDK 1.0
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/database.hpp"

namespace crm::sdk {

/// "2025-03-09T05:00:00Z"; fractions of a second are cut off.
inline std::string instant_text(Micros at) {
  using namespace std::chrono;
  const auto whole = floor<seconds>(at);
  const auto day_start = floor<days>(whole);
  const year_month_day date{day_start};
  const hh_mm_ss time{whole - day_start};
  std::string out = "0000-00-00T00:00:00Z";
  const auto put = [&](std::size_t place, int digits, long value) {
    for (int i = digits - 1; i >= 0; --i, value /= 10)
      out[place + static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
  };
  put(0, 4, int{date.year()});
  put(5, 2, static_cast<long>(unsigned{date.month()}));
  put(8, 2, static_cast<long>(unsigned{date.day()}));
  put(11, 2, time.hours().count());
  put(14, 2, time.minutes().count());
  put(17, 2, time.seconds().count());
  return out;
}

/// Reads "2025-03-09T05:00:00Z", with fractions of up to six digits and with an offset instead of Z.
/// Empty for anything else, and for years outside 1970…9999.
inline std::optional<Micros> parse_instant_text(std::string_view text) {
  using namespace std::chrono;
  const auto number = [&](std::size_t at, std::size_t digits) -> int {
    if (at + digits > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
      if (text[i] < '0' || text[i] > '9') return -1;
      value = value * 10 + (text[i] - '0');
    }
    return value;
  };
  const auto is = [&](std::size_t at, char c) { return at < text.size() && text[at] == c; };
  if (!is(4, '-') || !is(7, '-') || !(is(10, 'T') || is(10, 't')) || !is(13, ':') || !is(16, ':')) return {};
  const int hour = number(11, 2), minute = number(14, 2), second = number(17, 2);
  if (number(0, 4) < 1970 || number(5, 2) < 1 || number(8, 2) < 1) return {};
  const year_month_day date{year{number(0, 4)}, month(static_cast<unsigned>(number(5, 2))),
                            day(static_cast<unsigned>(number(8, 2)))};
  if (!date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return {};
  Micros at = sys_days{date} + hours{hour} + minutes{minute} + seconds{second};
  std::size_t next = 19;
  if (is(next, '.')) {
    long fraction = 0, digits = 0;
    for (++next; next < text.size() && text[next] >= '0' && text[next] <= '9'; ++next, ++digits)
      fraction = fraction * 10 + (text[next] - '0');
    if (digits < 1 || digits > 6) return {};
    for (; digits < 6; ++digits) fraction *= 10;
    at += microseconds{fraction};
  }
  if ((is(next, 'Z') || is(next, 'z')) && next + 1 == text.size()) return at;
  if (!(is(next, '+') || is(next, '-')) || !is(next + 3, ':') || next + 6 != text.size()) return {};
  const int offset_hours = number(next + 1, 2), offset_minutes = number(next + 4, 2);
  if (offset_hours < 0 || offset_hours > 23 || offset_minutes < 0 || offset_minutes > 59) return {};
  const minutes offset = hours{offset_hours} + minutes{offset_minutes};
  return is(next, '+') ? at - offset : at + offset;
}

}  // namespace crm::sdk
