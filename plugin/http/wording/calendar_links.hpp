#pragma once
/// Addresses under which web calendars offer to take a meeting in.
#include <string>

#include "plugin/ports/presentation/calendar_file.hpp"

namespace scheduling {

struct CalendarLinks {
  std::string google;
  std::string outlook;  ///< outlook.com, for persons
  std::string office;   ///< Microsoft 365, for organisations
};

/// `event` as its reader may see it: the addresses tell its texts to whose calendar it is. Times are UTC; nobody is
/// invited. Long descriptions are cut, since addresses are.
CalendarLinks calendar_links(const CalendarEvent& event);

}  // namespace scheduling
