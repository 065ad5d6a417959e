#pragma once
/// PostgreSQL's text form of arrays, for values that need no quoting: digits, times, 't' and 'f'.
#include <charconv>
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

/// "3,5,8" as string_agg() writes it.
inline std::vector<UserId> user_ids(std::string_view text) {
  std::vector<UserId> ids;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    UserId id;
    at = std::from_chars(at, end, id.value).ptr + 1;  // over the comma
    ids.push_back(id);
  }
  return ids;
}

}  // namespace scheduling
