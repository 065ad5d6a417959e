#pragma once
/// The countries whose phone numbers can be read, for the list beside a phone field: people see what a number without
/// its country code is taken for.
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/booking/phone_reader.hpp"
#include "plugin/ports/presentation/country_names.hpp"

namespace scheduling {

struct PhoneCountry {
  std::string code;   ///< ISO 3166-1 alpha-2
  std::string label;  ///< "United Kingdom (+44)"
};

/// By name.
inline std::vector<PhoneCountry> phone_countries(const CountryNames& names, const PhoneReader& phones,
                                                 std::string_view locale) {
  std::vector<PhoneCountry> list;
  for (Country& country : names.countries(locale))
    if (const int code = phones.country_code(country.code); code != 0)
      list.push_back({std::move(country.code), country.name + " (+" + std::to_string(code) + ")"});
  return list;
}

}  // namespace scheduling
