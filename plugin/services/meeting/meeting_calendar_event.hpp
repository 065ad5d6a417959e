#pragma once
/// A meeting as a calendar event, for downloads and mails.
#include <string>

#include "plugin/ports/presentation/calendar_file.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

/// What an event says in the language of its reader.
struct CalendarEventTexts {
  std::string location;    ///< where the meeting takes place
  std::string link;        ///< for the description; empty: none
  std::string link_label;  ///< what the link is for
};

/// As the meeting stands.
CalendarEvent calendar_event_of(const MeetingDetails& details, const CalendarEventTexts& texts);

}  // namespace scheduling
