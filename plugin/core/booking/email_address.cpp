#include "plugin/core/booking/email_address.hpp"

#include <algorithm>

#include "plugin/core/text/plain_text.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_length_max = 254;
constexpr std::size_t k_local_length_max = 64;
constexpr std::size_t k_label_length_max = 63;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_local_character(char c) {
  return is_letter_or_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= k_label_length_max && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

template <class Check>
std::size_t count_dotted(std::string_view text, Check check) {
  std::size_t parts = 0;
  while (true) {
    const auto dot = text.find('.');
    if (!check(text.substr(0, dot))) return 0;
    ++parts;
    if (dot == std::string_view::npos) return parts;
    text.remove_prefix(dot + 1);
  }
}

bool is_atom(std::string_view atom) {
  return !atom.empty() && std::all_of(atom.begin(), atom.end(), is_local_character);
}

bool is_domain(std::string_view domain) {
  if (count_dotted(domain, is_label) < 2) return false;
  // A last label of digits only is an IPv4 address, which no mail goes to.
  const std::string_view last = domain.substr(domain.rfind('.') + 1);
  return !std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Invisible characters beyond ASCII (spaces of all widths, joiners) have no place in an address.
bool has_hidden_character(std::string_view text) {
  for (const std::string_view hidden : {"\u00A0", "\u00AD", "\u3000", "\u200B", "\u200C", "\u200D", "\u200E", "\u200F",
                                        "\u2060", "\u2003", "\u2002", "\u2009", "\u202F"}) {
    if (text.find(hidden) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

std::optional<EmailAddress> EmailAddress::parse(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > k_length_max || !is_plain(text, Lines::one)) return std::nullopt;
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || at > k_local_length_max) return std::nullopt;
  if (count_dotted(text.substr(0, at), is_atom) == 0 || !is_domain(text.substr(at + 1))) return std::nullopt;
  if (has_hidden_character(text)) return std::nullopt;
  return EmailAddress{std::string(text)};
}

std::string EmailAddress::folded() const {
  std::string folded = text_;
  std::transform(folded.begin(), folded.end(), folded.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return folded;
}

}  // namespace scheduling
