#include "plugin/core/text/domain_name.hpp"

#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace scheduling {
namespace {

bool has_ascii_only(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string in_lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool has_encoded_label(std::string_view lower) {
  return lower.starts_with("xn--") || lower.find(".xn--") != std::string_view::npos;
}

std::unique_ptr<const icu::IDNA> make_idna() {
  UErrorCode status = U_ZERO_ERROR;
  constexpr std::uint32_t options = UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                                    UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE;
  std::unique_ptr<const icu::IDNA> idna(icu::IDNA::createUTS46Instance(options, status));
  return U_SUCCESS(status) ? std::move(idna) : nullptr;
}

/// The accents that NFKD splits off its letters.
bool is_mark(char16_t c) {
  return c >= 0x300 && c <= 0x36f;
}

/// Letters of Latin alphabets that are no letter with an accent for Unicode.
constexpr std::pair<char16_t, const char16_t*> k_own_letters[] = {{u'æ', u"ae"}, {u'œ', u"oe"}, {u'ø', u"o"},
                                                                  {u'ł', u"l"},  {u'đ', u"d"},  {u'ð', u"d"},
                                                                  {u'þ', u"th"}, {u'ħ', u"h"},  {u'ı', u"i"}};

void append_plain(icu::UnicodeString& out, char16_t c) {
  for (const auto& [letter, plain] : k_own_letters)
    if (letter == c) {
      out.append(plain, -1);
      return;
    }
  out.append(c);
}

}  // namespace

std::optional<std::string> ascii_domain(std::string_view domain) {
  std::string lower = in_lower_case(domain);
  // Names of letters, digits and hyphens are their own form; registries know some that UTS #46 does not ("r3---x").
  if (has_ascii_only(lower) && !has_encoded_label(lower)) return lower;
  static const std::unique_ptr<const icu::IDNA> idna = make_idna();
  if (!idna) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  icu::IDNAInfo info;
  std::string ascii;
  icu::StringByteSink<std::string> sink(&ascii);
  idna->nameToASCII_UTF8(icu::StringPiece(domain.data(), static_cast<std::int32_t>(domain.size())), sink, info, status);
  if (U_FAILURE(status) || info.hasErrors()) return std::nullopt;
  return in_lower_case(ascii);
}

std::string plain_letters(std::string_view text) {
  if (has_ascii_only(text)) return in_lower_case(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* taking_apart = icu::Normalizer2::getNFKDInstance(status);
  std::string folded = folded_text(text);
  if (U_FAILURE(status)) return folded;
  const icu::UnicodeString parts = taking_apart->normalize(icu::UnicodeString::fromUTF8(folded), status);
  if (U_FAILURE(status)) return folded;
  icu::UnicodeString plain;
  for (std::int32_t i = 0; i < parts.length(); ++i)
    if (const char16_t c = parts.charAt(i); !is_mark(c)) append_plain(plain, c);
  std::string out;
  plain.toUTF8String(out);
  return out;
}

std::string folded_text(std::string_view text) {
  if (has_ascii_only(text)) return in_lower_case(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) return std::string(text);  // without ICU's data equal bytes still match
  const icu::StringPiece bytes(text.data(), static_cast<std::int32_t>(text.size()));
  const icu::UnicodeString folded = folding->normalize(icu::UnicodeString::fromUTF8(bytes), status);
  std::string out;
  if (U_FAILURE(status)) return std::string(text);
  folded.toUTF8String(out);
  return out;
}

}  // namespace scheduling
