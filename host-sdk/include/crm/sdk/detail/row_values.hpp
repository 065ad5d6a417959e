#pragma once
/// Text forms of PostgreSQL values, read without locale. Included by database.hpp.
#include <stdexcept>
#include <string>

namespace crm::sdk::detail {

[[noreturn]] inline void throw_bad_column(std::string_view wanted, std::string_view got) {
  throw std::runtime_error("column holds '" + std::string(got) + "' where " + std::string(wanted) + " was expected");
}

template <class Number>
Number parse_as(std::string_view text, const char* what) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) throw_bad_column(what, text);
  return value;
}

inline std::int64_t parse_integer(std::string_view text) {
  return parse_as<std::int64_t>(text, "an integer");
}
inline double parse_number(std::string_view text) {
  return parse_as<double>(text, "a number");
}

inline Micros parse_instant(std::string_view text) {
  using namespace std::chrono;
  if (text.size() < 22 || text.substr(text.size() - 3) != "+00") throw_bad_column("an instant in UTC", text);
  const auto part = [&](std::size_t at, std::size_t length) {
    return static_cast<int>(parse_integer(text.substr(at, length)));
  };
  const year_month_day date{year{part(0, 4)}, month(static_cast<unsigned>(part(5, 2))),
                            day(static_cast<unsigned>(part(8, 2)))};
  if (!date.ok()) throw_bad_column("an instant in UTC", text);
  Micros at = sys_days{date} + hours{part(11, 2)} + minutes{part(14, 2)} + seconds{part(17, 2)};
  const std::string_view fraction = text.substr(19, text.size() - 22);
  if (!fraction.empty()) {
    std::string digits(fraction.substr(1));
    digits.resize(6, '0');
    at += microseconds{parse_integer(digits)};
  }
  return at;
}

inline std::string parse_bytes(std::string_view text) {
  const auto digit = [&](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    throw_bad_column("a bytea", text);
  };
  if (text.substr(0, 2) != "\\x" || text.size() % 2 != 0) throw_bad_column("a bytea", text);
  std::string bytes;
  bytes.reserve(text.size() / 2 - 1);
  for (std::size_t at = 2; at < text.size(); at += 2)
    bytes += static_cast<char>(digit(text[at]) * 16 + digit(text[at + 1]));
  return bytes;
}

}  // namespace crm::sdk::detail
