#include "plugin/adapters/phone/lib_phone_reader.hpp"

#include <phonenumbers/phonenumberutil.h>

#include "plugin/core/text/typed_text.hpp"

namespace scheduling {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t k_typed_length_max = 64;

/// "ZZ" is the library's name for no region: then only numbers with a country code can be read.
std::optional<PhoneNumber> parsed(std::string_view text, std::string_view region) {
  PhoneNumber number;
  const std::string home(region.size() == 2 ? region : "ZZ");
  if (PhoneNumberUtil::GetInstance()->Parse(std::string(text), home, &number) != PhoneNumberUtil::NO_PARSING_ERROR)
    return std::nullopt;
  return number;
}

std::string formatted(const PhoneNumber& number, PhoneNumberUtil::PhoneNumberFormat format) {
  std::string text;
  PhoneNumberUtil::GetInstance()->Format(number, format, &text);
  return text;
}

}  // namespace

std::optional<std::string> LibPhoneReader::read(std::string_view typed, std::string_view region) const noexcept try {
  const std::string text = typed_value(typed);
  if (text.empty() || text.size() > k_typed_length_max) return std::nullopt;
  const auto number = parsed(text, region);
  // A number that only works inside its own town would reach nobody from elsewhere.
  if (!number || PhoneNumberUtil::GetInstance()->IsPossibleNumberWithReason(*number) != PhoneNumberUtil::IS_POSSIBLE)
    return std::nullopt;
  return formatted(*number, PhoneNumberUtil::E164);
} catch (...) {
  return std::nullopt;
}

std::string LibPhoneReader::grouped(std::string_view number) const noexcept try {
  if (!number.starts_with('+')) return std::string(number);
  const auto read = parsed(number, "");
  return read ? formatted(*read, PhoneNumberUtil::INTERNATIONAL) : std::string(number);
} catch (...) {
  return {};
}

int LibPhoneReader::country_code(std::string_view region) const noexcept try {
  return region.size() == 2 ? PhoneNumberUtil::GetInstance()->GetCountryCodeForRegion(std::string(region)) : 0;
} catch (...) {
  return 0;
}

}  // namespace scheduling
