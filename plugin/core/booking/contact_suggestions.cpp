#include "plugin/core/booking/contact_suggestions.hpp"

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

std::vector<FieldSuggestion> suggest_fields(const ContactFields& existing, const ContactFields& offered) {
  std::vector<FieldSuggestion> suggestions;
  for (const auto& [field, value] : offered) {
    if (trimmed(value).empty()) continue;
    const auto known = existing.find(field);
    const std::string current = known == existing.end() ? std::string() : std::string(trimmed(known->second));
    if (current.empty() || !is_same(field, current, value)) suggestions.push_back({field, current, value});
  }
  return suggestions;
}

}  // namespace scheduling
