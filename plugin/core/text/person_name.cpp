#include "plugin/core/text/person_name.hpp"

#include <algorithm>
#include <array>

#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/utf8.hpp"

namespace scheduling {
namespace {

/// Marks that nobody sees take no place, but the row has to hold them.
constexpr std::size_t k_length_max = 255;

struct Points {
  char32_t first, last;
};

constexpr bool is_in(char32_t point, const Points& range) {
  return range.first <= point && point <= range.last;
}

/// Drawn onto the letter before them: accents, tone and vowel marks, variation selectors.
constexpr std::array k_marks = {Points{0x0300, 0x036F}, Points{0x0483, 0x0489}, Points{0x0591, 0x05BD},
                                Points{0x064B, 0x065F}, Points{0x0670, 0x0670}, Points{0x06D6, 0x06DC},
                                Points{0x093A, 0x093C}, Points{0x0941, 0x0948}, Points{0x094D, 0x094D},
                                Points{0x0E31, 0x0E31}, Points{0x0E34, 0x0E3A}, Points{0x0E47, 0x0E4E},
                                Points{0x1AB0, 0x1AFF}, Points{0x1DC0, 0x1DFF}, Points{0x20D0, 0x20FF},
                                Points{0x3099, 0x309A}, Points{0xFE00, 0xFE0F}, Points{0xFE20, 0xFE2F}};
/// Not drawn at all: soft hyphen, joiners, zero-width spaces.
constexpr std::array k_unseen = {Points{0x00AD, 0x00AD}, Points{0x034F, 0x034F}, Points{0x061C, 0x061C},
                                 Points{0x115F, 0x1160}, Points{0x17B4, 0x17B5}, Points{0x180B, 0x180E},
                                 Points{0x200B, 0x200F}, Points{0x2060, 0x206F}, Points{0x3164, 0x3164},
                                 Points{0xFEFF, 0xFEFF}, Points{0xFFA0, 0xFFA0}, Points{0xE0000, 0xE007F}};

template <std::size_t Count>
bool is_any(char32_t point, const std::array<Points, Count>& ranges) {
  return std::ranges::any_of(ranges, [&](const Points& range) { return is_in(point, range); });
}

/// Letters and signs that read like ASCII: full-width forms and the small ones.
char32_t narrow(char32_t point) {
  if (is_in(point, {0xFF01, 0xFF5E})) return point - 0xFEE0;
  switch (point) {
    case 0xFE6B: return U'@';
    case 0xFE55: return U':';
    case 0x2044:
    case 0x2215:
    case 0x29F8: return U'/';
    case 0x2024:
    case 0xFE52:
    case 0x3002: return U'.';
    case 0xA789:
    case 0x2236: return U':';
    default: return point;
  }
}

struct Reading {
  std::string ascii;  ///< as it reads: lower case, what is no ASCII is '?'
  std::size_t visible = 0;
};

Reading reading_of(std::string_view text) {
  Reading reading;
  while (!text.empty()) {
    const auto taken = take_code_point(text);
    if (!taken) break;
    if (is_any(*taken, k_unseen) || is_any(*taken, k_marks)) continue;
    ++reading.visible;
    char32_t point = narrow(*taken);
    if (point >= U'A' && point <= U'Z') point += U'a' - U'A';
    reading.ascii += point < 0x80 ? static_cast<char>(point) : '?';
  }
  return reading;
}

bool is_link_like(const std::string& ascii) {
  for (const char* part : {"://", "www.", "@"})
    if (ascii.find(part) != std::string::npos) return true;
  return false;
}

}  // namespace

std::string check_person_name(FieldErrors& errors, std::string_view field, std::string_view text) {
  std::string name = check_text(errors, field, text, {.length_max = k_length_max, .required = true});
  if (name.empty()) return name;
  const Reading reading = reading_of(name);
  if (reading.visible == 0)
    errors.add(std::string(field), "required", "This is needed.");
  else if (is_link_like(reading.ascii))
    errors.add(std::string(field), "invalid_format", "A name has no web address, no e-mail address and no @ in it.");
  else if (reading.visible > k_person_name_visible_max)
    errors.add_too_long(std::string(field), k_person_name_visible_max, "characters");
  return name;
}

}  // namespace scheduling
