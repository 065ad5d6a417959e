#include "plugin/adapters/icu/icu_windows_zones.hpp"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace scheduling {

std::string IcuWindowsZones::iana_name(std::string_view name) const {
  icu::UnicodeString iana;
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getIDForWindowsID(
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size()))), nullptr,
      iana, status);
  if (U_FAILURE(status) || iana.isEmpty()) return std::string(name);
  std::string text;
  return iana.toUTF8String(text);
}

}  // namespace scheduling
