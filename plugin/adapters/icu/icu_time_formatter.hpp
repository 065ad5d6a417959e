#pragma once
/// Dates, times and zone names in words, by ICU. ICU's own zone rules are years old, so it is handed
/// civil time and never converts an instant.
#include <memory>

#include "plugin/ports/presentation/time_formatter.hpp"

namespace scheduling {

class IcuTimeFormatter final : public TimeFormatter {
 public:
  IcuTimeFormatter();
  ~IcuTimeFormatter() override;

  std::string long_date(LocalDate date, std::string_view locale) const override;
  std::string short_date(LocalDate date, std::string_view locale) const override;
  std::string month(LocalDate date, std::string_view locale) const override;
  std::string time(WallTime wall, std::string_view locale) const override;
  std::vector<std::string> weekdays(std::chrono::weekday first, std::string_view locale,
                                    bool long_names) const override;
  std::chrono::weekday first_weekday(std::string_view locale) const override;
  std::string hour_cycle(std::string_view locale) const override;
  std::string zone_name(const ZoneId& zone, std::string_view locale) const override;

 private:
  struct Cache;
  std::unique_ptr<Cache> cache_;
};

}  // namespace scheduling
