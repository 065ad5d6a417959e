#pragma once
/// A meeting as a calendar event, for downloads and mails.
#include <string>

#include "plugin/ports/presentation/calendar_file.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

/// As the meeting stands. `link`: for the description, with the words that say what it is for; empty: none.
CalendarEvent calendar_event_of(const MeetingDetails& details, const std::string& link, const std::string& link_words);

}  // namespace scheduling
