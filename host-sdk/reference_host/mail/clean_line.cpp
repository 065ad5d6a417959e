#include "reference_host/mail/clean_line.hpp"

#include <algorithm>

#include "crm/sdk/detail/text_rules.hpp"

namespace crm::app {
namespace {

/// The character at `at` as it may be shown.
std::string_view shown(std::string_view text, std::size_t at, std::size_t length) {
  if (length == 0) return "?";
  const std::string_view character = text.substr(at, length);
  return sdk::detail::is_clean_text(character, false) ? character : " ";
}

}  // namespace

std::string clean_line(std::string_view text) {
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sdk::detail::utf8_length(text, at);
    const std::string_view character = shown(text, at, length);
    at += std::max<std::size_t>(length, 1);
    if (character == " " && (line.empty() || line.back() == ' ')) continue;
    if (line.size() + character.size() > k_clean_line_bytes_max) break;
    line += character;
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

}  // namespace crm::app
