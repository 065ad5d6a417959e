#pragma once
/// A meeting as a calendar event, for downloads and mails.
#include <string>
#include <string_view>

#include "plugin/core/mail/meeting_event.hpp"
#include "plugin/ports/presentation/calendar_file.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

/// What an event says in the language of its reader.
struct CalendarEventTexts {
  std::string location;    ///< where the meeting takes place
  std::string link;        ///< for the description; empty: none
  std::string link_label;  ///< what the link is for
};

/// As the meeting stands. A host's event names everybody, each once; an attendee's or guest's only its reader beside
/// the organizer: addresses are for those whom people gave them to (B-8). `address`: the reader's.
CalendarEvent calendar_event_of(const MeetingDetails& details, const CalendarEventTexts& texts, MailRole reader,
                                std::string_view address);

}  // namespace scheduling
