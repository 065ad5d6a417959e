#pragma once
/// A meeting as an iCalendar file (RFC 5545, 5546): the attendee's download and the mails' calendar part.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scheduling {

enum class CalendarMethod : std::uint8_t {
  publish,  ///< a file to keep: names nobody but the organizer, asks nothing
  request,  ///< an invitation, or its change
  cancel,   ///< takes the invitation back
};

struct CalendarPerson {
  std::string name;
  std::string email;
  bool is_chair = false;  ///< the host among the attendees: has accepted, is not asked
};

/// All instants are UTC: no zone data travels, so none can be outdated.
struct CalendarEvent {
  std::string uid;   ///< the same for every state of a meeting
  int sequence = 0;  ///< greater for every later state
  std::chrono::sys_seconds start{};
  std::chrono::sys_seconds end{};
  std::chrono::sys_seconds stamp{};  ///< when this state of the meeting came to be
  std::string summary;
  std::string description;
  std::string location;
  std::string url;                        ///< left out unless it is a web address
  CalendarPerson organizer;               ///< always needed (RFC 5546)
  std::vector<CalendarPerson> attendees;  ///< REQUEST needs one, the mail's recipient among them
  bool is_cancelled = false;              ///< of a PUBLISH; a CANCEL always is, a REQUEST never
  bool is_tentative = false;
  std::optional<std::chrono::minutes> alarm_before{};  ///< an alarm for whoever keeps the meeting; not in a CANCEL
};

class CalendarFile {
 public:
  virtual ~CalendarFile() = default;
  /// The whole file, CRLF line ends. Control characters are dropped, tabs become spaces, line breaks in texts
  /// become LF, bytes that are not UTF-8 become U+FFFD. Thread: any.
  virtual std::string write(CalendarMethod method, const CalendarEvent& event) const = 0;
};

}  // namespace scheduling
