#pragma once
/// Fixed-width decimal fields, as dates and times are written.
#include <cstddef>
#include <string_view>

namespace scheduling {

/// Reads exactly `width` digits at the front of `text` and drops them; -1 when they are not all digits.
inline int take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return -1;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const char c = text[i];
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(width);
  return value;
}

/// Drops `expected` from the front; false when something else stands there.
inline bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

/// Writes `value` with `width` digits; returns the place after them.
inline char* put_digits(char* out, int value, int width) {
  for (int i = width - 1; i >= 0; --i) {
    out[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  return out + width;
}

}  // namespace scheduling
