#include "plugin/adapters/postgres/meeting_columns.hpp"

#include "plugin/adapters/postgres/array_text.hpp"
#include "plugin/adapters/postgres/pg_meeting_repository.hpp"
#include "plugin/adapters/postgres/table_row.hpp"
#include "plugin/json/assignment_json.hpp"
#include "plugin/json/meeting_json.hpp"

namespace scheduling {
namespace {

using Column = columns::scheduled_meetings;
using MeetingRow = TableRow<Column>;

std::optional<std::chrono::minutes> offset_of(const MeetingRow& row, Column column) {
  const auto offset = row.get_or_null<std::int64_t>(column);
  return offset ? std::optional(std::chrono::minutes{*offset}) : std::nullopt;
}

/// Nothing for meetings that were booked before clocks were written down.
void read_clocks(const MeetingRow& row, Meeting& meeting) {
  const auto host_name = row.get_or_null<std::string_view>(Column::host_timezone);
  const auto host_zone = host_name ? ZoneId::parse(*host_name) : std::nullopt;
  const auto host = offset_of(row, Column::host_offset_minutes);
  const auto attendee = offset_of(row, Column::attendee_offset_minutes);
  if (host_zone && host && attendee) meeting.clocks = MeetingClocks{*host_zone, *host, *attendee};
  const ClockChange change{offset_of(row, Column::host_offset_now_minutes),
                           offset_of(row, Column::attendee_offset_now_minutes)};
  if (meeting.clocks && change)
    meeting.clock_change =
        NotedClockChange{change, row.get_or_null<std::string>(Column::wall_time_zone_data).value_or("")};
}

Done read_location(const MeetingRow& row, Meeting& meeting) {
  const auto name = row.get_or_null<std::string_view>(Column::location_kind);
  if (!name) return {};
  const auto kind = location_type_of(*name);
  if (!kind) return fail(Code::broken, "stored location kind is none");
  meeting.location = Location{*kind, row.get_or_null<std::string>(Column::location_details).value_or(""),
                              row.get_or_null<std::string>(Column::join_url)};
  return {};
}

/// The text of a reason that has a name is for programs outside.
Result<std::optional<CancelReason>> read_reason(const MeetingRow& row) {
  const auto name = row.get_or_null<std::string_view>(Column::cancel_reason_kind);
  if (!name) return std::optional<CancelReason>{};
  const auto kind = cancel_reason_kind_of(*name);
  if (!kind) return fail(Code::broken, "stored kind of cancel reason is none");
  if (*kind != CancelReasonKind::written) return std::optional(CancelReason{*kind, {}});
  return written_reason(row.get_or_null<std::string>(Column::cancel_reason));
}

Done read_cancellation(const MeetingRow& row, Meeting& meeting) {
  const auto at = row.get_or_null<Instant>(Column::cancelled_at);
  if (!at) return {};
  const auto by = cancelled_by_of(row.get_or_null<std::string_view>(Column::cancelled_by).value_or(""));
  auto reason = read_reason(row);
  if (!reason) return fail(std::move(reason.error()));
  meeting.cancellation = Cancellation{*at, by.value_or(CancelledBy::system), std::move(*reason)};
  return {};
}

void read_outcome(const MeetingRow& row, Meeting& meeting) {
  const auto name = row.get_or_null<std::string_view>(Column::outcome);
  const auto outcome = name ? meeting_status_of(*name) : std::nullopt;
  if (!outcome) return;
  meeting.outcome =
      RecordedOutcome{*outcome, UserId{row.get_or_null<std::int64_t>(Column::outcome_by_user_id).value_or(0)},
                      row.get_or_null<Instant>(Column::outcome_at).value_or(meeting.updated_at)};
}

/// The columns that hold JSON.
Done read_documents(const MeetingRow& row, Meeting& meeting) {
  auto answers = parse_answers(row.get_or_null<std::string_view>(Column::answers).value_or("{}"));
  if (!answers) return fail(std::move(answers.error()));
  meeting.answers = std::move(*answers);
  auto guests = parse_texts(row.get<std::string_view>(Column::guests));
  if (!guests) return fail(std::move(guests.error()));
  meeting.guests = std::move(*guests);
  auto utm = parse_utm(row.get<std::string_view>(Column::utm));
  if (!utm) return fail(std::move(utm.error()));
  meeting.utm = std::move(*utm);
  if (const auto text = row.get_or_null<std::string_view>(Column::held_for_review)) {
    auto reasons = parse_texts(*text);
    if (!reasons) return fail(std::move(reasons.error()));
    for (const std::string& name : *reasons)
      if (const auto reason = review_reason_of(name)) meeting.held_for_review.push_back(*reason);
  }
  if (const auto text = row.get_or_null<std::string_view>(Column::mail_failures)) {
    auto failures = parse_mail_failures(*text);
    if (!failures) return fail(std::move(failures.error()));
    meeting.mail_failures = std::move(*failures);
  }
  return {};
}

}  // namespace

Result<Meeting> read_meeting(crm::sdk::RowReader& reader) {
  const MeetingRow row(reader);
  const auto status = meeting_status_of(row.get<std::string_view>(Column::status));
  if (!status) return fail(Code::broken, "stored status is none");
  Meeting meeting{.id = MeetingId{row.get<std::int64_t>(Column::id)},
                  .type = MeetingTypeId{row.get<std::int64_t>(Column::meeting_type_id)},
                  .host = UserId{row.get<std::int64_t>(Column::host_user_id)},
                  .attendee_name = row.get<std::string>(Column::attendee_name),
                  .attendee_email = row.get<std::string>(Column::attendee_email),
                  .time = TimeRange(row.get<Instant>(Column::start_time), row.get<Instant>(Column::end_time))};
  for (const std::int64_t host : numbers_in(row.get_or_null<std::string_view>(Column::other_hosts).value_or("")))
    meeting.other_hosts.push_back(UserId{host});
  if (const auto contact = row.get_or_null<std::int64_t>(Column::contact_id)) meeting.contact = ContactId{*contact};
  meeting.timezone = ZoneId::parse(row.get<std::string_view>(Column::timezone)).value_or(ZoneId::utc());
  meeting.notes = row.get_or_null<std::string>(Column::notes);
  meeting.status = *status;
  meeting.calendar_event_id = row.get_or_null<std::string>(Column::calendar_event_id);
  meeting.reminder_sent = row.get<bool>(Column::reminder_sent);
  meeting.created_at = row.get<Instant>(Column::created_at);
  meeting.updated_at = row.get<Instant>(Column::updated_at);
  if (const auto from = row.get_or_null<std::int64_t>(Column::rescheduled_from_id))
    meeting.rescheduled_from = MeetingId{*from};
  meeting.chain = MeetingId{row.get<std::int64_t>(Column::chain_id)};
  meeting.ical_uid = row.get<std::string>(Column::ical_uid);
  meeting.ical_sequence = row.get<std::int32_t>(Column::ical_sequence);
  meeting.phone = row.get_or_null<std::string>(Column::phone);
  meeting.locale = row.get_or_null<std::string>(Column::locale);
  meeting.buffer_before = std::chrono::minutes{row.get<std::int64_t>(Column::buffer_before_minutes)};
  meeting.buffer_after = std::chrono::minutes{row.get<std::int64_t>(Column::buffer_after_minutes)};
  meeting.confirm_by = row.get_or_null<Instant>(Column::confirm_by);
  if (const auto rep = row.get_or_null<std::int64_t>(Column::booked_by_user_id)) meeting.booked_by = UserId{*rep};
  meeting.awaits_verification = row.get<bool>(Column::awaits_verification);
  read_clocks(row, meeting);
  read_outcome(row, meeting);
  meeting.is_erased = row.get_or_null<Instant>(Column::erased_at).has_value();
  if (auto read = read_location(row, meeting); !read) return fail(std::move(read.error()));
  if (auto read = read_cancellation(row, meeting); !read) return fail(std::move(read.error()));
  if (auto read = read_documents(row, meeting); !read) return fail(std::move(read.error()));
  return meeting;
}

MeetingColumns::MeetingColumns(const Meeting& meeting) : location(published_location(meeting)) {
  if (meeting.location) {
    location_kind = name_of(meeting.location->kind);
    if (!meeting.location->details.empty()) location_details = meeting.location->details;
    join_url = meeting.location->join_url;
  }
  JsonText answers_json;
  write_answers(answers_json, meeting.answers);
  answers = answers_json.take();
  JsonText guests_json;
  write_texts(guests_json, meeting.guests);
  guests = guests_json.take();
  if (!meeting.held_for_review.empty()) {
    JsonText reasons;
    write_texts(reasons, names_of(meeting.held_for_review));
    held_for_review = reasons.take();
  }
  if (const auto address = EmailAddress::parse(meeting.attendee_email)) attendee_key = address->key();
  JsonText utm_json;
  utm_json.value(meeting.utm);
  utm = utm_json.take();
}

std::string details_text(const AuditEntry& audit) {
  JsonText json;
  json.value(audit.details);
  return json.take();
}

crm::sdk::Param strategy_param(const AssignmentRecord& assignment) {
  if (assignment.strategy == Assignment::personal) return nullptr;
  return name_of(assignment.strategy);
}

std::optional<std::string> considered_text(const AssignmentRecord& assignment) {
  if (assignment.considered.empty()) return std::nullopt;
  JsonText json;
  write_considered(json, assignment.considered);
  return json.take();
}

std::string_view name_of(AuditEntry::Actor actor) {
  switch (actor) {
    case AuditEntry::Actor::attendee: return "attendee";
    case AuditEntry::Actor::user: return "user";
    case AuditEntry::Actor::system: return "system";
  }
  return "system";
}

}  // namespace scheduling
