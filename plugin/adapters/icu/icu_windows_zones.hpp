#pragma once
/// CLDR's table of Windows zones, as ICU carries it.
#include "plugin/ports/calendar/windows_zones.hpp"

namespace scheduling {

class IcuWindowsZones final : public WindowsZones {
 public:
  std::string iana_name(std::string_view name) const override;
};

}  // namespace scheduling
