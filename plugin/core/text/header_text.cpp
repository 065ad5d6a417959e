#include "plugin/core/text/header_text.hpp"

#include <cassert>

#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/utf8.hpp"

namespace scheduling {
namespace {

/// Of a character that is not plain: does it part words? The direction marks and the byte order mark do not.
bool is_break(std::string_view character) {
  constexpr char32_t k_paragraph_separator = 0x2029;
  const auto point = take_code_point(character);
  return point && *point <= k_paragraph_separator;
}

}  // namespace

HeaderText::HeaderText(std::string_view text) {
  bool in_break = false;
  for (std::size_t length = 0; !text.empty() && length < k_length_max;) {
    const std::string_view character = take_character(text);
    if (is_plain(character, Lines::one)) {
      in_break = false;
      if (text_.empty() && character == " ") continue;  // so that leading blanks do not use up the maximum
      text_ += character;
      ++length;
    } else if (is_break(character) && !in_break) {
      in_break = true;
      if (text_.empty()) continue;
      text_ += ' ';
      ++length;
    }
  }
  text_.resize(trimmed(text_).size());
  assert(is_plain(text_, Lines::one));
}

}  // namespace scheduling
