#include "plugin/core/booking/email_address.hpp"

#include <algorithm>

#include "plugin/core/text/domain_name.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/typed_text.hpp"

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

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Of a domain in ASCII.
bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= k_label_length_max && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), [](char c) {
           return (is_letter_or_digit(c) && static_cast<unsigned char>(c) < 0x80) || c == '-';
         });
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

}  // namespace

std::optional<EmailAddress> EmailAddress::parse(std::string_view typed) {
  std::string text = typed_value(typed);
  if (text.empty() || text.size() > k_length_max || !is_plain(text, Lines::one)) return std::nullopt;
  const auto at = text.rfind('@');
  if (at > k_local_length_max) return std::nullopt;  // or there is none: npos is larger than all
  const std::string_view local = std::string_view(text).substr(0, at);
  const std::string_view typed_domain = std::string_view(text).substr(at + 1);
  const auto domain = ascii_domain(typed_domain);
  if (!domain || count_dotted(local, is_atom) == 0 || !is_domain(*domain)) return std::nullopt;
  // A domain that is in ASCII travels as it was written, capitals too.
  std::string ascii = is_ascii(typed_domain) ? text : std::string(local) + "@" + *domain;
  if (ascii.size() > k_length_max) return std::nullopt;
  return EmailAddress{std::move(text), std::move(ascii)};
}

std::string EmailAddress::key() const {
  return folded_text(ascii_);
}

std::string address_key(std::string_view text) {
  const auto address = EmailAddress::parse(text);
  return address ? address->key() : std::string(text);
}

}  // namespace scheduling
