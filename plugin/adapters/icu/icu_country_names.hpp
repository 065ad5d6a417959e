#pragma once
/// Names of countries, by ICU.
#include "plugin/ports/presentation/country_names.hpp"

namespace scheduling {

class IcuCountryNames final : public CountryNames {
 public:
  std::vector<Country> countries(std::string_view locale) const override;
};

}  // namespace scheduling
