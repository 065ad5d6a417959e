#pragma once
/// Percent-encoding, the way addresses and forms use it. Included by form.hpp.
#include <string>
#include <string_view>

#include "crm/sdk/detail/text_rules.hpp"

namespace crm::sdk::detail {

/// In forms and queries '+' is a space, in paths it is itself.
enum class Plus : bool { is_plus, is_space };

constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Appends the bytes that `encoded` stands for, whatever they are. False when an escape is broken.
[[nodiscard]] inline bool append_percent_decoded(std::string_view encoded, Plus plus, std::string& out) {
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded[i] == '%') {
      if (encoded.size() - i < 3) return false;
      const int high = hex_value(encoded[i + 1]);
      const int low = hex_value(encoded[i + 2]);
      if (high < 0 || low < 0) return false;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += encoded[i] == '+' && plus == Plus::is_space ? ' ' : encoded[i];
    }
  }
  return true;
}

inline bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

}  // namespace crm::sdk::detail
