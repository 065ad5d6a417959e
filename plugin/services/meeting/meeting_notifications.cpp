#include "plugin/services/meeting/meeting_notifications.hpp"

#include <algorithm>

namespace scheduling {
namespace {

/// What all recipients of one change are told.
MeetingMail mail_about(MeetingEvent event, const Meeting& meeting, const MeetingChange& notes) {
  MeetingMail mail;
  mail.event = event;
  mail.sequence = meeting.ical_sequence;
  mail.previous_start = notes.previous_start;
  mail.reason = notes.reason;
  return mail;
}

MeetingMail addressed(MeetingMail mail, MailRole role, const std::string& recipient, const std::string& zone,
                      const std::string& locale) {
  mail.role = role;
  mail.recipient = recipient;
  mail.zone = zone;
  mail.locale = locale;
  return mail;
}

/// The zone of the host's hours, as it was agreed upon; a user's language is the CRM's to know when the mail is
/// written.
std::string host_zone(const MeetingDetails& details) {
  return details.meeting.clocks ? details.meeting.clocks->host_zone.name() : details.host.timezone;
}

void add_farewell(std::vector<OutboxMessage>& messages, const MeetingMail& mail, const MeetingChange& notes) {
  if (!notes.previous_host) return;
  const Person& previous = *notes.previous_host;
  MeetingMail farewell = addressed(mail, MailRole::previous_host, previous.email, previous.timezone, "");
  farewell.user = previous.id;
  messages.push_back(std::move(farewell));
}

std::string subject_of(const MeetingDetails& details) {
  std::string subject = activity_subject(details);
  switch (details.meeting.status) {
    case MeetingStatus::cancelled: return "Cancelled: " + subject;
    case MeetingStatus::no_show: return "No-show: " + subject;
    case MeetingStatus::pending: return "Requested: " + subject;
    default: return subject;
  }
}

/// "ada@example.org: 550 no such user; …"
std::string undelivered(const std::vector<MailFailure>& failures) {
  std::string text;
  for (const MailFailure& failure : failures) {
    if (!text.empty()) text += "; ";
    text += failure.recipient + ": " + failure.reply;
  }
  return text;
}

std::string label_of(const MeetingType& type, const std::string& question_id) {
  const auto& questions = type.content.questions;
  const auto found = std::ranges::find(questions, question_id, &Question::id);
  return found == questions.end() ? question_id : found->label;
}

}  // namespace

std::vector<OutboxMessage> notifications_of(MeetingEvent meeting_event, const MeetingDetails& details,
                                            const MeetingChange& notes) {
  const Meeting& meeting = details.meeting;
  const MeetingMail mail = mail_about(meeting_event, meeting, notes);
  const std::string& zone = meeting.timezone.name();
  const std::string locale = meeting.locale.value_or("");
  std::vector<OutboxMessage> messages;
  // Who has heard nothing of a meeting hears nothing of what becomes of it either.
  if (meeting.awaits_verification) {
    if (meeting_event == MeetingEvent::verify)
      messages.push_back(addressed(mail, MailRole::attendee, meeting.attendee_email, zone, locale));
    return messages;
  }
  if (!meeting.held_for_review.empty()) {
    messages.push_back(addressed(mail, MailRole::host, details.host.email, host_zone(details), ""));
    add_farewell(messages, mail, notes);
    return messages;
  }
  messages.push_back(addressed(mail, MailRole::attendee, meeting.attendee_email, zone, locale));
  messages.push_back(addressed(mail, MailRole::host, details.host.email, host_zone(details), ""));
  for (const std::string& guest : meeting.guests)
    messages.push_back(addressed(mail, MailRole::guest, guest, zone, locale));
  add_farewell(messages, mail, notes);
  return messages;
}

MeetingActivity activity_of(const MeetingDetails& details, UserId user, const MeetingChange& notes,
                            TextFields suggestions) {
  const Meeting& meeting = details.meeting;
  MeetingActivity activity;
  activity.contact = meeting.contact.value_or(ContactId{});
  activity.key = "meeting:" + std::to_string(meeting.chain.value);
  activity.subject = subject_of(details);
  activity.occurs_at = meeting.time.start();
  activity.user = user;
  activity.data = {{"meeting_id", std::to_string(meeting.id.value)},
                   {"status", std::string(name_of(meeting.status))},
                   {"meeting_type", details.type.content.name},
                   {"start", format_instant(meeting.time.start())},
                   {"end", format_instant(meeting.time.end())},
                   {"timezone", meeting.timezone.name()},
                   {"host", details.host.name},
                   {"attendee_name", meeting.attendee_name},
                   {"attendee_email", meeting.attendee_email}};
  const auto add = [&](const char* name, const std::optional<std::string>& text) {
    if (text && !text->empty()) activity.data[name] = *text;
  };
  add("location", published_location(meeting));
  add("phone", meeting.phone);
  add("notes", meeting.notes);
  if (notes.previous_start) activity.data["moved_from"] = format_instant(*notes.previous_start);
  if (meeting.cancellation) {
    activity.data["cancelled_by"] = name_of(meeting.cancellation->by);
    add("cancel_reason", published_cancel_reason(meeting));
  }
  if (!meeting.mail_failures.empty()) activity.data["undelivered"] = undelivered(meeting.mail_failures);
  for (const auto& [name, text] : meeting.utm) activity.data["utm_" + name] = text;
  for (const Answer& answer : meeting.answers)
    activity.answers.emplace_back(label_of(details.type, answer.id), answer_text(answer.value));
  activity.suggestions = std::move(suggestions);
  return activity;
}

}  // namespace scheduling
