#include "plugin/adapters/icu/icu_country_names.hpp"

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace scheduling {

std::vector<Country> IcuCountryNames::countries(std::string_view locale) const {
  const icu::Locale reader(std::string(locale).c_str());
  std::vector<Country> countries;
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    icu::UnicodeString name;
    icu::Locale("", *code).getDisplayCountry(reader, name);
    Country country{*code, {}};
    countries.push_back(std::move(country));
    name.toUTF8String(countries.back().name);
  }
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Collator> order(icu::Collator::createInstance(reader, status));
  std::ranges::sort(countries, [&](const Country& a, const Country& b) {
    if (U_FAILURE(status)) return a.name < b.name;
    UErrorCode compared = U_ZERO_ERROR;
    return order->compareUTF8(a.name, b.name, compared) == UCOL_LESS;
  });
  return countries;
}

}  // namespace scheduling
