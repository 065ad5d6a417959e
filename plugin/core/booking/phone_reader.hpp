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
  /// E.164 ("+12125550123") of a possible number, else empty: its country and length decide. Which ranges are in
  /// service changes faster than any table of them. `region` ("US", may be empty) is where a number without a country
  /// code is taken to be from. Thread: any.
  virtual std::optional<std::string> read(std::string_view typed, std::string_view region) const noexcept = 0;
  /// As people read it, "+1 212-555-0123"; what is no E.164 number comes back as it is.
  virtual std::string grouped(std::string_view number) const noexcept = 0;
  /// The country code of a region, 44 for "GB"; 0 for what is no country's ISO code.
  virtual int country_code(std::string_view region) const noexcept = 0;
};

}  // namespace scheduling
