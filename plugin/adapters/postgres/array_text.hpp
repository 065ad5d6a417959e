#pragma once
/// PostgreSQL's text form of arrays, for values that need no quoting: digits, times, 't' and 'f'.
#include <span>
#include <string>
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

}  // namespace scheduling
