#pragma once
/// The name of a time zone, checked for form. Whether it exists is the ZoneSource's to say.
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace scheduling {

class ZoneId {
 public:
  /// "UTC", an IANA name such as "America/New_York". Empty for offsets, abbreviations that only name an
  /// offset ("EST"), path tricks and anything longer than the spec's column (50).
  static std::optional<ZoneId> parse(std::string_view name);
  static const ZoneId& utc();

  const std::string& name() const { return name_; }
  friend auto operator<=>(const ZoneId&, const ZoneId&) = default;

 private:
  explicit ZoneId(std::string name) : name_(std::move(name)) {}
  std::string name_;
};

}  // namespace scheduling
