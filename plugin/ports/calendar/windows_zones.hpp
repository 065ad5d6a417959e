#pragma once
/// Names of zones as Microsoft's calendars write them.
#include <string>
#include <string_view>

namespace scheduling {

class WindowsZones {
 public:
  virtual ~WindowsZones() = default;
  /// "W. Europe Standard Time" → "Europe/Berlin". A name that is no Windows name comes back as it is: some mailboxes
  /// hold IANA names. Thread: any.
  virtual std::string iana_name(std::string_view name) const = 0;
};

}  // namespace scheduling
