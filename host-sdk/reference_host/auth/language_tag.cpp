#include "reference_host/auth/language_tag.hpp"

#include <algorithm>

namespace crm::app {
namespace {

constexpr std::size_t k_part_max = 8;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_letter_or_digit(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

}  // namespace

bool is_language_tag(std::string_view tag) {
  if (tag.size() > k_language_tag_max) return false;
  std::string_view language = tag.substr(0, tag.find('-'));
  if (language.size() < 2 || !std::all_of(language.begin(), language.end(), is_letter)) return false;
  while (true) {
    const std::size_t end = std::min(tag.find('-'), tag.size());
    const std::string_view part = tag.substr(0, end);
    if (part.empty() || part.size() > k_part_max || !std::all_of(part.begin(), part.end(), is_letter_or_digit))
      return false;
    if (end == tag.size()) return true;
    tag.remove_prefix(end + 1);
  }
}

}  // namespace crm::app
