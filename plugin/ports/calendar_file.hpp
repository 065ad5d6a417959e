#pragma once
/// A meeting as an iCalendar file (RFC 5545): the attendee's download and the mails' calendar part.
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scheduling {

enum class CalendarMethod : std::uint8_t { publish, request, cancel };

struct CalendarPerson {
  std::string name;
  std::string email;
};

/// All instants are UTC: no zone data travels, so none can be outdated.
struct CalendarEvent {
  std::string uid;
  int sequence = 0;
  std::chrono::sys_seconds start{};
  std::chrono::sys_seconds end{};
  std::chrono::sys_seconds stamp{};  ///< when this state of the meeting came to be
  std::string summary;
  std::string description;
  std::string location;
  std::string url;
  CalendarPerson organizer;
  std::vector<CalendarPerson> attendees;
  bool is_cancelled = false;
  bool is_tentative = false;
};

class CalendarFile {
 public:
  virtual ~CalendarFile() = default;
  /// The whole file, CRLF line ends. Thread: any.
  virtual std::string write(CalendarMethod method, const CalendarEvent& event) const = 0;
};

}  // namespace scheduling
