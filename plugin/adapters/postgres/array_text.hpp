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

/// `text_of(item)`: the item in PostgreSQL's text form.
template <class Items, class TextOf>
std::string array_text_of(const Items& items, TextOf text_of) {
  std::string text = "{";
  for (const auto& item : items) {
    if (text.size() > 1) text += ',';
    text += text_of(item);
  }
  return text + '}';
}

inline std::string array_text(const std::vector<std::string>& items) {
  return array_text_of(items, [](const std::string& item) -> const std::string& { return item; });
}

inline std::string array_text(std::span<const UserId> ids) {
  return array_text_of(ids, [](UserId id) { return std::to_string(id.value); });
}

inline std::string array_text(std::span<const std::int64_t> numbers) {
  return array_text_of(numbers, [](std::int64_t number) { return std::to_string(number); });
}

inline std::string array_text(std::span<const std::chrono::minutes> spans) {
  return array_text_of(spans, [](std::chrono::minutes span) { return std::to_string(span.count()); });
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
