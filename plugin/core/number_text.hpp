#pragma once
/// A number as people write it: 100000, 0.1, never 1e+05 or 100000.0.
#include <charconv>
#include <cmath>
#include <string>

namespace scheduling {

/// As many digits as are needed to read the same number again, without an exponent. JSON too.
inline std::string number_text(double number) {
  if (!std::isfinite(number) || number == 0) return "0";  // also for minus nothing
  char digits[400];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed);
  return error == std::errc{} ? std::string(digits, end) : std::string("0");
}

}  // namespace scheduling
