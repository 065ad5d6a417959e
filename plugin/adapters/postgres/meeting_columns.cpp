#include "plugin/adapters/postgres/meeting_columns.hpp"

#include "plugin/adapters/postgres/pg_meeting_repository.hpp"
#include "plugin/json/meeting_json.hpp"

namespace scheduling {
namespace {

struct MeetingHead {
  MeetingId id;
  MeetingTypeId type;
  UserId host;
  std::optional<ContactId> contact;
  std::string name;
  std::string email;
};

MeetingHead read_head(crm::sdk::RowReader& row) {
  MeetingHead head;
  head.id = MeetingId{row.next<std::int64_t>()};
  head.type = MeetingTypeId{row.next<std::int64_t>()};
  head.host = UserId{row.next<std::int64_t>()};
  if (const auto contact = row.next_or_null<std::int64_t>()) head.contact = ContactId{*contact};
  head.name = row.next<std::string>();
  head.email = row.next<std::string>();
  return head;
}

std::optional<std::chrono::minutes> next_offset(crm::sdk::RowReader& row) {
  const auto offset = row.next_or_null<std::int64_t>();
  return offset ? std::optional(std::chrono::minutes{*offset}) : std::nullopt;
}

/// Nothing for meetings that were booked before clocks were written down.
void read_clocks(crm::sdk::RowReader& row, Meeting& meeting) {
  const auto host_name = row.next_or_null<std::string_view>();
  const auto host_zone = host_name ? ZoneId::parse(*host_name) : std::nullopt;
  const auto host = next_offset(row);
  const auto attendee = next_offset(row);
  if (host_zone && host && attendee) meeting.clocks = MeetingClocks{*host_zone, *host, *attendee};
  ClockChange change{next_offset(row), next_offset(row)};
  auto zone_data = row.next_or_null<std::string>();
  if (meeting.clocks && change) meeting.clock_change = NotedClockChange{change, std::move(zone_data).value_or("")};
}

/// The columns from `phone` on.
Done read_tail(crm::sdk::RowReader& row, Meeting& meeting) {
  meeting.phone = row.next_or_null<std::string>();
  auto guests = parse_texts(row.next<std::string_view>());
  meeting.locale = row.next_or_null<std::string>();
  auto utm = parse_utm(row.next<std::string_view>());
  if (!guests) return fail(std::move(guests.error()));
  if (!utm) return fail(std::move(utm.error()));
  meeting.guests = std::move(*guests);
  meeting.utm = std::move(*utm);
  const auto cancelled_at = row.next_or_null<Instant>();
  const auto by = row.next_or_null<std::string>();
  auto reason = row.next_or_null<std::string>();
  if (cancelled_at)
    meeting.cancellation =
        Cancellation{*cancelled_at, cancelled_by_of(by.value_or("")).value_or(CancelledBy::system), std::move(reason)};
  meeting.buffer_before = std::chrono::minutes{row.next<std::int64_t>()};
  meeting.buffer_after = std::chrono::minutes{row.next<std::int64_t>()};
  read_clocks(row, meeting);
  meeting.confirm_by = row.next_or_null<Instant>();
  if (const auto failures = row.next_or_null<std::string_view>()) {
    auto parsed = parse_mail_failures(*failures);
    if (!parsed) return fail(std::move(parsed.error()));
    meeting.mail_failures = std::move(*parsed);
  }
  return {};
}

}  // namespace

Result<Meeting> read_meeting(crm::sdk::RowReader& row) {
  MeetingHead head = read_head(row);
  const Instant start = row.next<Instant>();
  const Instant end = row.next<Instant>();
  const auto zone = ZoneId::parse(row.next<std::string_view>());
  Meeting meeting{.id = head.id,
                  .type = head.type,
                  .host = head.host,
                  .contact = head.contact,
                  .attendee_name = std::move(head.name),
                  .attendee_email = std::move(head.email),
                  .time = TimeRange(start, end)};
  meeting.timezone = zone.value_or(ZoneId::utc());
  meeting.location = row.next_or_null<std::string>();
  meeting.notes = row.next_or_null<std::string>();
  auto answers = parse_answers(row.next_or_null<std::string_view>().value_or("{}"));
  if (!answers) return fail(std::move(answers.error()));
  meeting.answers = std::move(*answers);
  const auto status = meeting_status_of(row.next<std::string_view>());
  if (!status) return fail(Code::broken, "stored status is none");
  meeting.status = *status;
  meeting.calendar_event_id = row.next_or_null<std::string>();
  meeting.reminder_sent = row.next<bool>();
  meeting.created_at = row.next<Instant>();
  meeting.updated_at = row.next<Instant>();
  if (const auto from = row.next_or_null<std::int64_t>()) meeting.rescheduled_from = MeetingId{*from};
  meeting.chain = MeetingId{row.next<std::int64_t>()};
  meeting.ical_uid = row.next<std::string>();
  meeting.ical_sequence = row.next<std::int32_t>();
  if (auto read = read_tail(row, meeting); !read) return fail(std::move(read.error()));
  return meeting;
}

MeetingColumns::MeetingColumns(const Meeting& meeting) {
  JsonText answers_json;
  write_answers(answers_json, meeting.answers);
  answers = answers_json.take();
  JsonText guests_json;
  write_texts(guests_json, meeting.guests);
  guests = guests_json.take();
  JsonText utm_json;
  utm_json.value(meeting.utm);
  utm = utm_json.take();
}

std::string messages_text(const std::vector<OutboxMessage>& messages) {
  JsonText json;
  json.begin_array();
  for (const OutboxMessage& message : messages)
    json.begin_object()
        .field("kind", message.kind)
        .field("recipient", message.recipient)
        .field("payload", message.payload)
        .end_object();
  json.end_array();
  return json.take();
}

std::string details_text(const AuditEntry& audit) {
  JsonText json;
  json.value(audit.details);
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
