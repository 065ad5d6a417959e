#pragma once
/// PostgreSQL's text form of arrays, for values that need no quoting: digits, times, 't' and 'f'.
#include <charconv>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/ids.hpp"

namespace scheduling {

inline std::string array_text(const std::vector<std::string>& items) {
  std::string text = "{";
  for (const std::string& item : items) {
    if (text.size() > 1) text += ',';
    text += item;
  }
  return text + '}';
}

inline std::string array_text(std::span<const UserId> ids) {
  std::string text = "{";
  for (const UserId id : ids) {
    if (text.size() > 1) text += ',';
    text += std::to_string(id.value);
  }
  return text + '}';
}

inline std::string array_text(std::span<const std::int64_t> numbers) {
  std::string text = "{";
  for (const std::int64_t number : numbers) {
    if (text.size() > 1) text += ',';
    text += std::to_string(number);
  }
  return text + '}';
}

inline std::string array_text(std::span<const std::chrono::minutes> spans) {
  std::string text = "{";
  for (const std::chrono::minutes span : spans) {
    if (text.size() > 1) text += ',';
    text += std::to_string(span.count());
  }
  return text + '}';
}

/// Whole numbers with one character between them, as string_agg() writes them: "3,5,8".
inline std::vector<std::int64_t> numbers_in(std::string_view text) {
  std::vector<std::int64_t> numbers;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    at = std::from_chars(at, end, numbers.emplace_back(0)).ptr;
    if (at < end) ++at;
  }
  return numbers;
}

}  // namespace scheduling
