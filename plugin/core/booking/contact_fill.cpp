#include "plugin/core/booking/contact_fill.hpp"

#include "plugin/core/text/plain_text.hpp"

namespace scheduling {
namespace {

std::string comparable(std::string_view text) {
  std::string result;
  bool in_space = false;
  for (char c : trimmed(text)) {
    const bool is_space = c == ' ' || c == '\t';
    if (is_space && in_space) continue;
    in_space = is_space;
    result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

bool is_same(const std::string& field, std::string_view a, std::string_view b) {
  return field == "phone" ? digits_of(a) == digits_of(b) : comparable(a) == comparable(b);
}

}  // namespace

ContactFill fill_contact(const ContactFields& existing, const ContactFields& offered) {
  ContactFill result;
  for (const auto& [field, value] : offered) {
    if (trimmed(value).empty()) continue;
    const auto known = existing.find(field);
    if (known == existing.end() || trimmed(known->second).empty()) {
      result.fill.emplace(field, value);
    } else if (!is_same(field, known->second, value)) {
      result.suggestions.emplace(field, value);
    }
  }
  return result;
}

}  // namespace scheduling
