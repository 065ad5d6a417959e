#pragma once
/// Dates, times and zones in the reader's language. It is given civil time, never an instant: its own
/// zone rules may be older than the system's, so it converts nothing.
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/time/local_time.hpp"
#include "plugin/core/time/zone_id.hpp"

namespace scheduling {

/// `locale` is a BCP 47 tag ("en-US", "de"); an unknown or empty one means English (US).
/// Thread: any.
class TimeFormatter {
 public:
  virtual ~TimeFormatter() = default;
  virtual std::string long_date(LocalDate date, std::string_view locale) const = 0;   ///< Wednesday, January 15, 2025
  virtual std::string short_date(LocalDate date, std::string_view locale) const = 0;  ///< Wed, Jan 15
  virtual std::string month(LocalDate date, std::string_view locale) const = 0;       ///< January 2025
  virtual std::string time(WallTime wall, std::string_view locale) const = 0;         ///< 9:00 AM
  /// Seven short names ("Sun"), from `first` on; `long_names` gives "Sunday".
  virtual std::vector<std::string> weekdays(std::chrono::weekday first, std::string_view locale,
                                            bool long_names = false) const = 0;
  /// The locale's own first day of the week.
  virtual std::chrono::weekday first_weekday(std::string_view locale) const = 0;
  /// How the locale's clock counts hours, as in Intl: "h12" or "h23", seldom "h11" or "h24".
  virtual std::string hour_cycle(std::string_view locale) const = 0;
  /// "Eastern Time", "Mitteleuropäische Zeit"; the city when the language has no name for the zone.
  virtual std::string zone_name(const ZoneId& zone, std::string_view locale) const = 0;
};

}  // namespace scheduling
