#include "reference_host/mail/address.hpp"

#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "crm/sdk/detail/text_rules.hpp"

namespace crm::app {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_local_part(std::string_view local) {
  if (local.empty() || local.size() > 64 || local.front() == '.' || local.back() == '.') return false;
  if (local.find("..") != std::string_view::npos) return false;
  constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~.";
  return std::all_of(local.begin(), local.end(),
                     [&](char c) { return is_letter_or_digit(c) || others.find(c) != std::string_view::npos; });
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
  return is_ascii(label) &&
         std::all_of(label.begin(), label.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

/// Of a domain in ASCII.
bool is_domain(std::string_view domain) {
  std::size_t labels = 0;
  std::string_view last;
  while (true) {
    const std::size_t dot = domain.find('.');
    last = domain.substr(0, dot);
    if (!is_label(last)) return false;
    ++labels;
    if (dot == std::string_view::npos) break;
    domain.remove_prefix(dot + 1);
  }
  return labels >= 2 && last.find_first_not_of("0123456789") != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

const icu::IDNA* idna() {
  static const std::unique_ptr<const icu::IDNA> instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    constexpr std::uint32_t options = UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                                      UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE;
    std::unique_ptr<const icu::IDNA> made(icu::IDNA::createUTS46Instance(options, status));
    return U_SUCCESS(status) ? std::move(made) : nullptr;
  }();
  return instance.get();
}

bool has_encoded_label(std::string_view lower) {
  return lower.starts_with("xn--") || lower.find(".xn--") != std::string_view::npos;
}

enum class Form { ascii, unicode };

/// Empty for what no domain can be called.
std::optional<std::string> domain_in(Form form, std::string_view domain) {
  const std::string lower = lower_case(domain);
  if (is_ascii(lower) && !has_encoded_label(lower)) return lower;
  if (idna() == nullptr) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  icu::IDNAInfo info;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  const icu::StringPiece name(domain.data(), static_cast<std::int32_t>(domain.size()));
  if (form == Form::ascii)
    idna()->nameToASCII_UTF8(name, sink, info, status);
  else
    idna()->nameToUnicodeUTF8(name, sink, info, status);
  if (U_FAILURE(status) || info.hasErrors()) return std::nullopt;
  return out;
}

std::string with_domain_in(Form form, std::string_view address) {
  const std::size_t at = address.rfind('@');
  const auto domain = at == std::string_view::npos ? std::nullopt : domain_in(form, address.substr(at + 1));
  if (!domain) return std::string(address);
  return std::string(address.substr(0, at + 1)) + *domain;
}

/// Without ICU's data nothing folds, and equal bytes still match.
std::string folded(std::string_view text) {
  if (is_ascii(text)) return lower_case(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) return std::string(text);
  const icu::StringPiece bytes(text.data(), static_cast<std::int32_t>(text.size()));
  const icu::UnicodeString result = folding->normalize(icu::UnicodeString::fromUTF8(bytes), status);
  std::string out;
  if (U_FAILURE(status)) return std::string(text);
  result.toUTF8String(out);
  return out;
}

}  // namespace

bool is_email_address(std::string_view text) {
  if (text.size() > k_address_bytes_max || !sdk::detail::is_clean_text(text, false)) return false;
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos) return false;
  const auto domain = domain_in(Form::ascii, text.substr(at + 1));
  return is_local_part(text.substr(0, at)) && domain && is_domain(*domain) &&
         at + 1 + domain->size() <= k_address_bytes_max;
}

std::string envelope_address(std::string_view address) {
  if (is_ascii(address.substr(std::min(address.rfind('@'), address.size())))) return std::string(address);
  return with_domain_in(Form::ascii, address);
}

std::string email_key(std::string_view address) {
  return folded(with_domain_in(Form::ascii, trimmed(address)));
}

std::vector<std::string> email_keys(std::string_view address) {
  std::vector<std::string> keys{email_key(address)};
  std::string older = folded(with_domain_in(Form::unicode, trimmed(address)));
  if (older != keys.front()) keys.push_back(std::move(older));
  return keys;
}

}  // namespace crm::app
