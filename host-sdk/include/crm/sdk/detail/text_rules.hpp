#pragma once
/// What may stand in a text that a client sent. Included by json_input.hpp.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace crm::sdk::detail {

/// Stand in for what a client must not send, so that the field can be named after parsing. Both are
/// noncharacters, which are refused in any text anyway.
constexpr std::string_view k_bad_text_mark = "\xEF\xB7\x90";    // U+FDD0
constexpr std::string_view k_bad_number_mark = "\xEF\xB7\x91";  // U+FDD1

/// Bytes of the well-formed UTF-8 character at `at`; 0 when it is none (overlong, surrogate, cut off).
inline std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return 0;
    return follows(1) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return 0;
    return follows(1) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

/// Characters in valid UTF-8, as PostgreSQL counts them for VARCHAR(n).
inline std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  return count;
}

/// Valid UTF-8 without control characters and noncharacters; tab and line ends only when `multiline`.
inline bool is_clean_text(std::string_view text, bool multiline) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return false;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    if (byte(0) < 0x20 && !(multiline && (byte(0) == '\n' || byte(0) == '\r' || byte(0) == '\t'))) return false;
    if (byte(0) == 0x7F || (byte(0) == 0xC2 && byte(1) < 0xA0)) return false;                    // DEL and C1
    if (byte(0) == 0xEF && byte(1) == 0xB7 && byte(2) >= 0x90 && byte(2) <= 0xAF) return false;  // U+FDD0…FDEF
    if (byte(0) == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE) return false;                     // U+FFFE, U+FFFF
    at += length;
  }
  return true;
}

inline bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace crm::sdk::detail
