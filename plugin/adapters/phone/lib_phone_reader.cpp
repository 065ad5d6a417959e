#include "plugin/adapters/phone/lib_phone_reader.hpp"

#include <phonenumbers/phonenumberutil.h>

namespace scheduling {
namespace {

constexpr std::size_t k_typed_length_max = 64;

}  // namespace

std::optional<std::string> LibPhoneReader::read(std::string_view typed, std::string_view region) const noexcept try {
  using i18n::phonenumbers::PhoneNumber;
  using i18n::phonenumbers::PhoneNumberUtil;
  if (typed.empty() || typed.size() > k_typed_length_max) return std::nullopt;
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  // "ZZ" is the library's name for no region: then only numbers with a country code can be read.
  const std::string home(region.size() == 2 ? region : "ZZ");
  if (util.Parse(std::string(typed), home, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return std::nullopt;
  if (!util.IsValidNumber(number)) return std::nullopt;
  std::string text;
  util.Format(number, PhoneNumberUtil::E164, &text);
  return text;
} catch (...) {
  return std::nullopt;
}

}  // namespace scheduling
