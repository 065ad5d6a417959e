#include "plugin/core/text/plain_text.hpp"

#include <algorithm>

#include "plugin/core/text/typed_text.hpp"
#include "plugin/core/text/utf8.hpp"

namespace scheduling {
namespace {

bool is_control(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0);
}

/// Line and paragraph separators, and the marks that turn the reading direction of what follows.
bool is_deceptive(char32_t point) {
  return (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

bool is_allowed(char32_t point, Lines lines) {
  if (lines == Lines::many && (point == '\n' || point == '\r' || point == '\t')) return true;
  return !is_control(point) && !is_deceptive(point);
}

bool is_white(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    if (!take_code_point(text)) return false;
  }
  return true;
}

std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && count-- == 0) break;
  return text.substr(0, at);
}

bool is_plain(std::string_view text, Lines lines) {
  while (!text.empty()) {
    const auto point = take_code_point(text);
    if (!point || !is_allowed(*point, lines)) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
  return text;
}

std::string check_text(FieldErrors& errors, std::string_view field, std::string_view text, TextRule rule) {
  std::string value = rule.lines == Lines::one ? typed_line(text) : typed_lines(text);
  if (value.empty()) {
    if (rule.required) errors.add(std::string(field), "required", "This is needed.");
    return {};
  }
  if (!is_plain(value, rule.lines)) {
    errors.add(std::string(field), "invalid_format", "Contains characters that are not allowed here.");
    return {};
  }
  if (length_of(value) > rule.length_max) {
    errors.add_too_long(std::string(field), rule.length_max, "characters");
    return {};
  }
  return value;
}

std::optional<std::string> check_optional_text(FieldErrors& errors, std::string_view field,
                                               const std::optional<std::string>& text, TextRule rule) {
  std::string value = check_text(errors, field, std::string_view(text ? *text : std::string_view{}), rule);
  if (value.empty()) return std::nullopt;
  return value;
}

}  // namespace scheduling
