#include "plugin/services/meeting/meeting_calendar_event.hpp"

namespace scheduling {

CalendarEvent calendar_event_of(const MeetingDetails& details, const CalendarEventTexts& texts) {
  const Meeting& meeting = details.meeting;
  CalendarEvent event;
  event.uid = meeting.ical_uid;
  event.sequence = meeting.ical_sequence;
  event.start = meeting.time.start();
  event.end = meeting.time.end();
  event.stamp = meeting.updated_at;
  event.summary = event_title(details, texts.location);
  event.description = event_description(details, texts.location);
  if (!texts.link.empty()) {
    if (!event.description.empty()) event.description += "\n\n";
    event.description += texts.link_label + ": " + texts.link;
    event.url = texts.link;
  }
  event.location = texts.location;
  event.organizer = {details.host.name, details.host.email};
  event.attendees.push_back({meeting.attendee_name, meeting.attendee_email});
  for (const std::string& guest : meeting.guests) event.attendees.push_back({"", guest});
  event.is_cancelled = meeting.status == MeetingStatus::cancelled;
  event.is_tentative = meeting.status == MeetingStatus::pending;
  return event;
}

}  // namespace scheduling
