#include "plugin/services/meeting/meeting_calendar_event.hpp"

#include "plugin/core/mail/participants.hpp"

namespace scheduling {

CalendarEvent calendar_event_of(const MeetingDetails& details, const CalendarEventTexts& texts, MailRole reader,
                                std::string_view address) {
  const Meeting& meeting = details.meeting;
  CalendarEvent event;
  event.uid = meeting.ical_uid;
  event.sequence = meeting.ical_sequence;
  event.start = meeting.time.start();
  event.end = meeting.time.end();
  event.stamp = meeting.updated_at;
  event.summary = event_title(details, texts.location, reader);
  event.description = event_description(details, texts.location, reader);
  if (!texts.link.empty()) {
    if (!event.description.empty()) event.description += "\n\n";
    event.description += texts.link_label + ": " + texts.link;
    event.url = texts.link;
  }
  event.location = texts.location;
  event.organizer = {details.host.name, details.host.email};
  const bool is_hosts = reader == MailRole::host || reader == MailRole::previous_host;
  for (const Participant& each : participants_of(details)) {
    const bool is_named = is_hosts || each.role == MailRole::host || address_key(each.address) == address_key(address);
    if (is_named) event.attendees.push_back({each.name, each.address, each.role == MailRole::host});
  }
  event.is_cancelled = meeting.status == MeetingStatus::cancelled;
  event.is_tentative = meeting.status == MeetingStatus::pending;
  return event;
}

}  // namespace scheduling
