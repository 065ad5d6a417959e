#pragma once
/// How the core asks what a typed phone number means. It stands in the core because check_answers()
/// takes it; adapters/phone implements it.
#include <optional>
#include <string>
#include <string_view>

namespace scheduling {

class PhoneReader {
 public:
  virtual ~PhoneReader() = default;
  /// E.164 ("+12125550123") of a valid number, else empty. `region` ("US", may be empty) is where a number
  /// without a country code is taken to be from. Thread: any.
  virtual std::optional<std::string> read(std::string_view typed, std::string_view region) const noexcept = 0;
};

}  // namespace scheduling
