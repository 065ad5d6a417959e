#include "plugin/http/api/meeting_codec.hpp"

#include "plugin/json/assignment_json.hpp"
#include "plugin/json/meeting_json.hpp"
#include "plugin/json/meeting_type_json.hpp"
#include "plugin/json/page_json.hpp"

namespace scheduling {
namespace {

/// Whether what the CRM made of the meeting is written, or null: its contact and its event in the host's calendar.
enum class CrmIds { shown, hidden };

void write_spec_columns(JsonText& out, const Meeting& meeting, CrmIds ids) {
  out.field("id", meeting.id)
      .field("meeting_type_id", meeting.type)
      .field("host_user_id", meeting.host)
      .field("contact_id", ids == CrmIds::shown ? meeting.contact : std::nullopt)
      .field("attendee_name", meeting.attendee_name)
      .field("attendee_email", meeting.attendee_email)
      .field("start_time", meeting.time.start())
      .field("end_time", meeting.time.end())
      .field("timezone", meeting.timezone.name())
      .field("location", published_location(meeting))
      .field("notes", meeting.notes)
      .key("answers");
  write_answers(out, meeting.answers);
  out.field("status", name_of(meeting.status))
      .field("calendar_event_id", ids == CrmIds::shown ? meeting.calendar_event_id : std::nullopt)
      .field("reminder_sent", meeting.reminder_sent)
      .field("created_at", meeting.created_at)
      .field("updated_at", meeting.updated_at);
}

void write_further_columns(JsonText& out, const Meeting& meeting) {
  out.field("phone", meeting.phone).key("guests");
  write_texts(out, meeting.guests);
  out.field("locale", meeting.locale).field("rescheduled_from_id", meeting.rescheduled_from);
  const auto& end = meeting.cancellation;
  out.field("cancelled_at", end ? std::optional(end->at) : std::nullopt);
  out.field("cancelled_by", end ? std::optional(name_of(end->by)) : std::nullopt);
  out.field("cancel_reason", published_cancel_reason(meeting));
  out.field("confirm_by", meeting.confirm_by);
}

void write_side(JsonText& out, const char* side, Instant start, std::chrono::minutes agreed,
                const std::optional<std::chrono::minutes>& now) {
  out.key(side);
  if (!now) {
    out.raw("null");
    return;
  }
  out.begin_object()
      .field("was", format_wall(wall_of(start, agreed)))
      .field("is", format_wall(wall_of(start, *now)))
      .end_object();
}

/// Where newer zone rules made a clock show another time than was agreed.
void write_clock_change(JsonText& out, const Meeting& meeting) {
  out.key("timezone_change");
  if (!meeting.clocks || !meeting.clock_change) {
    out.raw("null");
    return;
  }
  const Instant start = meeting.time.start();
  const ClockChange& now = meeting.clock_change->change;
  out.begin_object();
  write_side(out, "host", start, meeting.clocks->host_offset, now.host_offset);
  write_side(out, "attendee", start, meeting.clocks->attendee_offset, now.attendee_offset);
  out.field("zone_data", meeting.clock_change->zone_data).end_object();
}

void write_all(JsonText& out, const Meeting& meeting, CrmIds ids) {
  write_spec_columns(out, meeting, ids);
  write_further_columns(out, meeting);
  out.field("join_url", meeting.location ? meeting.location->join_url : std::nullopt)
      .field("utm", meeting.utm)
      .field("ical_uid", meeting.ical_uid)
      .field("ical_sequence", meeting.ical_sequence)
      .field("buffer_before_minutes", std::int64_t{meeting.buffer_before.count()})
      .field("buffer_after_minutes", std::int64_t{meeting.buffer_after.count()});
  write_clock_change(out, meeting);
  if (ids == CrmIds::shown) {
    out.key("held_for_review");
    write_texts(out, names_of(meeting.held_for_review));
    out.field("awaits_verification", meeting.awaits_verification);
    const auto& said = meeting.outcome;
    out.field("outcome", said ? std::optional(name_of(said->outcome)) : std::nullopt)
        .field("outcome_by_user_id", said ? said->by : UserId{})
        .field("outcome_at", said ? std::optional(said->at) : std::nullopt);
  }
  out.key("mail_failures");
  write_mail_failures(out, meeting.mail_failures);
}

/// What became of the host's own move in their calendar: where a person has to know.
void write_host_move(JsonText& out, const MeetingInCalendar& calendar) {
  out.key("host_move");
  if (calendar.host_move == HostMove::none) {
    out.raw("null");
    return;
  }
  out.begin_object().field("outcome", name_of(calendar.host_move)).field("rule", calendar.host_move_rule).end_object();
}

/// Questions that were answered, as they are asked now. One that is gone since is left out; its answer stays.
void write_asked(JsonText& out, const Meeting& meeting, const std::vector<Question>& questions) {
  out.key("question_labels").begin_object();
  for (const Answer& answer : meeting.answers)
    for (const Question& question : questions)
      if (question.id == answer.id) out.field(question.id, question.label);
  out.end_object();
}

/// A host who is the only one in question stands in no list of those who were considered.
void write_assignment(JsonText& out, const Meeting& meeting, const std::optional<AssignmentRecord>& assignment) {
  out.key("hosts").begin_array();
  for (const UserId host : hosts_of(meeting)) out.value(host);
  out.end_array().key("assignment");
  if (!assignment) {
    out.raw("null");
    return;
  }
  std::vector<Considered> considered = assignment->considered;
  if (considered.empty())
    considered.push_back({meeting.host, ConsideredOutcome::chosen, std::string(name_of(assignment->reason)), {}});
  out.begin_object()
      .field("strategy", name_of(assignment->strategy))
      .field("reason", name_of(assignment->reason))
      .key("considered");
  write_considered(out, considered);
  out.field("at", assignment->at).end_object();
}

void write_phone_texts(JsonText& out, const MeetingWords& words) {
  out.key("phone_texts").begin_object();
  for (const auto& [field, text] : words.phone_texts) out.field(field, text);
  out.end_object();
}

/// When it is, and when things happened to it, on the reader's clock.
void write_local(JsonText& out, const Meeting& meeting, const ReaderClock& clock) {
  const auto& end = meeting.cancellation;
  out.key("local");
  clock.begin(out);
  clock.field(out, "start", meeting.time.start());
  clock.field(out, "end", meeting.time.end());
  out.field("offset_minutes", clock.offset_minutes(meeting.time.start()));
  clock.field(out, "created_at", meeting.created_at);
  clock.field(out, "cancelled_at", end ? std::optional(end->at) : std::nullopt);
  clock.field(out, "confirm_by", meeting.confirm_by);
  out.end_object();
}

}  // namespace

void write_meeting(JsonText& out, const Meeting& meeting, const MeetingWords& words, const ReaderClock& clock) {
  out.begin_object();
  write_all(out, meeting, CrmIds::shown);
  out.field("meeting_type_name", words.type_name)
      .field("host_name", words.host_name)
      .field("has_begun", words.has_begun)
      .field("rescheduled_to_id", words.successor)
      .field("attendee_response", name_of(words.calendar.response))
      .key("calendar")
      .begin_object()
      .field("status", name_of(words.calendar.status))
      .field("error", words.calendar.error)
      .field("unchecked", words.calendar.is_unchecked)
      .end_object();
  write_host_move(out, words.calendar);
  write_assignment(out, meeting, words.assignment);
  out.field("booked_by_user_id", meeting.booked_by);
  write_asked(out, meeting, words.questions);
  write_phone_texts(out, words);
  write_local(out, meeting, clock);
  out.end_object();
}

void write_asked_meeting(JsonText& out, const Meeting& meeting) {
  out.begin_object();
  write_all(out, meeting, CrmIds::hidden);
  out.end_object();
}

void write_own_meeting(JsonText& out, const Meeting& meeting) {
  Meeting seen = meeting;
  seen.location = location_for_attendee(meeting);
  out.begin_object();
  write_spec_columns(out, seen, CrmIds::hidden);
  write_further_columns(out, meeting);
  out.end_object();
}

void write_public_page(JsonText& out, const SchedulingPage& page) {
  out.field("slug", page.content.slug.text())
      .field("name", page.content.name)
      .field("description", page.content.description)
      .field("timezone", page.content.timezone.name())
      .key("branding");
  write_branding(out, page.content.branding);
  out.key("privacy");
  write_privacy(out, page.content.privacy);
}

void write_public_type(JsonText& out, const MeetingType& type, const std::string& invitation) {
  const MeetingTypeContent& content = type.content;
  std::optional<std::string_view> location;
  if (content.location_type) location = name_of(*content.location_type);
  out.begin_object()
      .field("id", type.id)
      .field("name", content.name)
      .field("slug", content.slug.text())
      .field("duration_minutes", std::int64_t{content.duration.count()})
      .field("description", content.description)
      .field("location_type", location)
      .field("color", content.color)
      .field("requires_confirmation", content.settings.requires_confirmation.value_or(false))
      .key("questions");
  write_questions(out, content.questions);
  out.field("display_order", content.display_order);
  if (!invitation.empty()) out.key("invitation").raw(invitation);
  out.end_object();
}

}  // namespace scheduling
