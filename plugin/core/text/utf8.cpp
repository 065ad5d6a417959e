#include "plugin/core/text/utf8.hpp"

#include <array>
#include <cstdint>

namespace scheduling {
namespace {

struct Lead {
  std::size_t length;  ///< 0: not a first byte
  char32_t bits;
};

Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1, byte};
  if (byte >= 0xC2 && byte < 0xE0) return {2, static_cast<char32_t>(byte & 0x1F)};
  if (byte >= 0xE0 && byte < 0xF0) return {3, static_cast<char32_t>(byte & 0x0F)};
  if (byte >= 0xF0 && byte < 0xF5) return {4, static_cast<char32_t>(byte & 0x07)};
  return {0, 0};
}

}  // namespace

std::optional<char32_t> take_code_point(std::string_view& text) {
  const Lead lead = lead_of(static_cast<unsigned char>(text.front()));
  if (lead.length == 0 || text.size() < lead.length) return std::nullopt;
  char32_t point = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) return std::nullopt;
    point = (point << 6) | (byte & 0x3Fu);
  }
  constexpr std::array<char32_t, 5> k_least = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < k_least[lead.length] || is_surrogate || point > 0x10FFFF) return std::nullopt;
  text.remove_prefix(lead.length);
  return point;
}

std::string_view take_character(std::string_view& text) {
  const std::string_view before = text;
  if (take_code_point(text)) return before.substr(0, before.size() - text.size());
  text.remove_prefix(1);
  return "\uFFFD";
}

}  // namespace scheduling
