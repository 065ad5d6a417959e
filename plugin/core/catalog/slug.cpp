#include "plugin/core/catalog/slug.hpp"

#include <algorithm>
#include <array>

#include "plugin/core/text/domain_name.hpp"
#include "plugin/core/text/typed_text.hpp"

namespace scheduling {
namespace {

constexpr std::array<std::string_view, 5> k_reserved = {"manage", "cancel", "reschedule", "assets", "embed"};

bool is_reserved(std::string_view text) {
  return std::find(k_reserved.begin(), k_reserved.end(), text) != k_reserved.end();
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool has_slug_form(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; }) &&
         text.front() != '-' && text.back() != '-';
}

}  // namespace

Result<Slug> Slug::parse(std::string_view typed, std::string_view field) {
  const std::string text = typed_value(typed);
  const auto refuse = [&](std::string code, std::string message) {
    return fail(invalid_field(std::string(field), std::move(code), std::move(message)));
  };
  if (text.empty()) return refuse("required", "Choose the last part of the link.");
  if (text.size() > k_slug_length_max) return refuse("too_long", "At most 100 characters.");
  if (!has_slug_form(text)) {
    return refuse("invalid_format", "Use lower-case letters, digits and hyphens, with no hyphen at either end.");
  }
  if (is_reserved(text)) return refuse("reserved", "This word is taken by the scheduler itself; choose another.");
  return Slug{text};
}

Slug Slug::derive(std::string_view name) {
  std::string text;
  for (const char c : plain_letters(name)) {
    if (is_letter_or_digit(c)) {
      text += c;
    } else if (!text.empty() && text.back() != '-') {
      text += '-';
    }
    if (text.size() == k_slug_length_max) break;
  }
  while (!text.empty() && text.back() == '-') text.pop_back();
  if (text.empty()) text = "page";
  if (is_reserved(text)) text += "-1";
  return Slug{std::move(text)};
}

Slug Slug::numbered(unsigned number) const {
  const std::string suffix = "-" + std::to_string(number);
  std::string text = text_.substr(0, k_slug_length_max - suffix.size());
  while (!text.empty() && text.back() == '-') text.pop_back();
  return Slug{text + suffix};
}

}  // namespace scheduling
