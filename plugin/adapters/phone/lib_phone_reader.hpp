#pragma once
/// Phone numbers through libphonenumber.
#include "plugin/core/booking/phone_reader.hpp"

namespace scheduling {

class LibPhoneReader final : public PhoneReader {
 public:
  std::optional<std::string> read(std::string_view typed, std::string_view region) const noexcept override;
  std::string grouped(std::string_view number) const noexcept override;
  int country_code(std::string_view region) const noexcept override;
};

}  // namespace scheduling
