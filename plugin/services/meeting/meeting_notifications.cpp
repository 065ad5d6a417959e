#include "plugin/services/meeting/meeting_notifications.hpp"

#include <algorithm>

#include "plugin/core/mail/participants.hpp"

namespace scheduling {
namespace {

/// What all recipients of one change are told.
MeetingMail mail_about(MeetingEvent event, const Meeting& meeting, const MeetingChange& notes) {
  MeetingMail mail;
  mail.event = event;
  mail.sequence = meeting.ical_sequence;
  mail.previous_start = notes.previous_start;
  mail.reason = notes.reason;
  mail.told_host = meeting.host;
  mail.told_others = meeting.other_hosts;
  mail.told_status = meeting.status;
  return mail;
}

/// The booking's zone and language are the attendee's, and the guests'. A user's zone, language and address are the
/// CRM's to know when the mail is written.
MeetingMail addressed(MeetingMail mail, MailRole role, const std::string& recipient, const Meeting& meeting) {
  mail.role = role;
  mail.recipient = recipient;
  mail.zone = meeting.timezone.name();
  mail.locale = meeting.locale.value_or("");
  return mail;
}

MeetingMail addressed(MeetingMail mail, MailRole role, const Person& user) {
  mail.role = role;
  mail.recipient = user.email;
  mail.user = user.id;
  return mail;
}

const Person& host_at(const MeetingDetails& details, const std::string& address) {
  for (const Person& host : details.other_hosts)
    if (host.email == address) return host;
  return details.host;
}

std::string cancelled_words(const Meeting& meeting) {
  if (!meeting.cancellation) return " was cancelled.";
  switch (meeting.cancellation->by) {
    case CancelledBy::attendee: return " was cancelled by the attendee.";
    case CancelledBy::host: return " was cancelled by the host.";
    case CancelledBy::system: return " was cancelled because nobody confirmed it in time.";
  }
  return " was cancelled.";
}

/// A sentence about the last thing that happened to the meeting.
std::string subject_of(const MeetingDetails& details) {
  const Meeting& meeting = details.meeting;
  const std::string subject = activity_subject(details);
  const bool is_moved = meeting.rescheduled_from.has_value();
  switch (meeting.status) {
    case MeetingStatus::cancelled: return subject + cancelled_words(meeting);
    case MeetingStatus::no_show: return subject + " did not take place: the attendee did not come.";
    case MeetingStatus::completed: return subject + " took place.";
    case MeetingStatus::pending: return subject + (is_moved ? " was asked to be moved." : " was requested.");
    default: return subject + (is_moved ? " was moved." : " was booked.");
  }
}

/// What happens later to a chain of moves is told beside what happened before; what becomes of one of these (a request
/// that is confirmed, a mail that does not arrive) changes its entry.
std::string key_of(const Meeting& meeting) {
  const std::string chain = "meeting:" + std::to_string(meeting.chain.value) + ":";
  switch (meeting.status) {
    case MeetingStatus::cancelled: return chain + "cancelled";
    case MeetingStatus::no_show:
    case MeetingStatus::completed: return chain + "outcome";
    default: return chain + (meeting.rescheduled_from ? "moved:" + std::to_string(meeting.id.value) : "booked");
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
  auto participants = participants_of(details);
  std::vector<OutboxMessage> messages;
  // Who has heard nothing of a meeting hears nothing of what becomes of it either.
  if (meeting.awaits_verification) {
    if (meeting_event == MeetingEvent::verify)
      messages.emplace_back(addressed(mail, MailRole::attendee, meeting.attendee_email, meeting));
    return messages;
  }
  const bool is_hosts_only = !meeting.held_for_review.empty();
  const bool is_attendees_only = meeting_event == MeetingEvent::missed;
  // The attendee's is written last: who has it in hand may act on it, and everybody else was told by then.
  std::ranges::rotate(participants, std::ranges::find_if(participants, [](const Participant& each) {
                        return each.role != MailRole::attendee;
                      }));
  for (const Participant& each : participants) {
    if (is_hosts_only && each.role != MailRole::host) continue;
    if (is_attendees_only && each.role != MailRole::attendee) continue;
    messages.emplace_back(each.role == MailRole::host ? addressed(mail, each.role, host_at(details, each.address))
                                                      : addressed(mail, each.role, each.address, meeting));
  }
  // Who stays as attendee or guest is told as that.
  if (notes.previous_host && !takes_part(participants, notes.previous_host->email))
    messages.emplace_back(addressed(mail, MailRole::previous_host, *notes.previous_host));
  return messages;
}

MeetingActivity activity_of(const MeetingDetails& details, UserId user, const MeetingChange& notes,
                            TextFields suggestions) {
  const Meeting& meeting = details.meeting;
  MeetingActivity activity;
  activity.contact = meeting.contact.value_or(ContactId{});
  activity.key = key_of(meeting);
  activity.subject = subject_of(details);
  activity.occurs_at = meeting.time.start();
  activity.user = user;
  activity.data = {{"meeting_id", std::to_string(meeting.id.value)},
                   {"chain_id", std::to_string(meeting.chain.value)},
                   {"status", std::string(name_of(meeting.status))},
                   {"meeting_type", details.type.content.name},
                   {"start", format_instant(meeting.time.start())},
                   {"end", format_instant(meeting.time.end())},
                   {"timezone", meeting.timezone.name()},
                   {"host", host_names(details)},
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
