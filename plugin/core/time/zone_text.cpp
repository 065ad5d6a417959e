#include "plugin/core/time/zone_text.hpp"

#include <algorithm>
#include <cstdlib>

#include "plugin/core/time/digits.hpp"

namespace scheduling {

std::string offset_text(std::chrono::seconds offset) {
  if (offset == std::chrono::seconds{0}) return "UTC";
  const auto minutes = static_cast<int>(std::abs(offset.count()) / 60);
  char digits[5] = {'0', '0', ':', '0', '0'};
  put_digits(digits, minutes / 60, 2);
  put_digits(digits + 3, minutes % 60, 2);
  return std::string(offset.count() < 0 ? "UTC\u2212" : "UTC+") + std::string(digits, sizeof digits);
}

std::string city_of(const ZoneId& zone) {
  const std::string& name = zone.name();
  const auto slash = name.rfind('/');
  std::string city = slash == std::string::npos ? name : name.substr(slash + 1);
  std::replace(city.begin(), city.end(), '_', ' ');
  return city;
}

}  // namespace scheduling
