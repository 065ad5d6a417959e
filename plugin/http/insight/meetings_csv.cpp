#include "plugin/http/insight/meetings_csv.hpp"

#include "plugin/json/meeting_json.hpp"
#include "plugin/json/page_json.hpp"

namespace scheduling {
namespace {

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : " ") + text;
  return all;
}

std::string answers_text(const Meeting& meeting) {
  JsonText out;
  write_answers(out, meeting.answers);
  return out.take();
}

std::optional<std::string> utm(const Meeting& meeting, const char* name) {
  const auto found = meeting.utm.find(name);
  return found == meeting.utm.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

void add_meeting_names(CsvText& out) {
  for (const char* name : {"id",
                           "meeting_type_id",
                           "meeting_type_name",
                           "host_user_id",
                           "host_name",
                           "contact_id",
                           "attendee_name",
                           "attendee_email",
                           "phone",
                           "start_time",
                           "end_time",
                           "timezone",
                           "location",
                           "notes",
                           "answers",
                           "guests",
                           "status",
                           "outcome",
                           "outcome_at",
                           "outcome_by_user_id",
                           "created_at",
                           "updated_at",
                           "cancelled_at",
                           "cancelled_by",
                           "cancel_reason",
                           "utm_source",
                           "utm_medium",
                           "utm_campaign",
                           "calendar_event_id",
                           "reminder_sent",
                           "rescheduled_from_id"})
    out.cell(name);
  out.end_row();
}

void add_meeting_row(CsvText& out, const Meeting& meeting, const MeetingWords& words) {
  const auto& end = meeting.cancellation;
  const auto& said = meeting.outcome;
  out.cell(meeting.id).cell(meeting.type).cell(words.type_name).cell(meeting.host).cell(words.host_name);
  out.cell(meeting.contact).cell(meeting.attendee_name).cell(meeting.attendee_email).cell(meeting.phone);
  out.cell(meeting.time.start()).cell(meeting.time.end()).cell(meeting.timezone.name());
  out.cell(published_location(meeting)).cell(meeting.notes).cell(answers_text(meeting)).cell(joined(meeting.guests));
  out.cell(name_of(meeting.status)).cell(said ? std::optional(name_of(said->outcome)) : std::nullopt);
  out.cell(said ? std::optional(said->at) : std::nullopt).cell(said ? std::optional(said->by) : std::nullopt);
  out.cell(meeting.created_at).cell(meeting.updated_at).cell(end ? std::optional(end->at) : std::nullopt);
  out.cell(end ? std::optional(name_of(end->by)) : std::nullopt).cell(published_cancel_reason(meeting));
  out.cell(utm(meeting, "source")).cell(utm(meeting, "medium")).cell(utm(meeting, "campaign"));
  out.cell(meeting.calendar_event_id).cell(meeting.reminder_sent).cell(meeting.rescheduled_from);
  out.end_row();
}

}  // namespace scheduling
