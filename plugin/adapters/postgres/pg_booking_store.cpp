#include "plugin/adapters/postgres/pg_booking_store.hpp"

#include <algorithm>

#include "plugin/adapters/postgres/array_text.hpp"
#include "plugin/adapters/postgres/meeting_columns.hpp"
#include "plugin/adapters/postgres/pg_meeting_repository.hpp"
#include "plugin/adapters/postgres/queries.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::meeting_repository;
using crm::sdk::Param;
using crm::sdk::RowReader;

Param bytes_or_null(const std::string* bytes) {
  return bytes ? Param::bytes(*bytes) : Param(nullptr);
}

}  // namespace

Result<OpenedBooking> PgBookingStore::open(std::span<const UserId> hosts, std::optional<std::string_view> email) {
  if (auto locked = meetings_.lock_hosts(hosts); !locked) return fail(std::move(locked.error()));
  const auto versions = session_.post(query::host_version, {array_text(hosts)});
  for (const UserId host : hosts) users_.ask(host);
  if (email) records_.ask_by_email(*email);  // the address is locked after the hosts

  OpenedBooking opened;
  auto locked = read_hosts(hosts, versions);
  if (!locked) return fail(std::move(locked.error()));
  opened.hosts = std::move(*locked);
  if (!email) return opened;
  auto contacts = records_.find_by_email(*email);
  if (!contacts) return fail(std::move(contacts.error()));
  opened.contacts = std::move(*contacts);
  return opened;
}

Result<std::vector<LockedHost>> PgBookingStore::read_hosts(std::span<const UserId> hosts, crm::sdk::Ticket versions) {
  auto known = session_.all<OfHost<HostVersion>>(session_.collect(versions), read_host_version);
  if (!known) return fail(std::move(known.error()));
  std::vector<LockedHost> locked;
  for (const UserId host : hosts) {
    auto person = users_.find(host);
    if (!person) return fail(std::move(person.error()));
    const auto version = std::ranges::find(*known, host, &OfHost<HostVersion>::host);
    locked.push_back({std::move(*person), version == known->end() ? HostVersion{} : version->item});
  }
  return locked;
}

Result<PreparedBooking> PgBookingStore::prepare(const ContactChoice& contact) {
  const auto id = session_.post(query::next_id, {});
  auto chosen = choose(contact);
  if (!chosen) return fail(std::move(chosen.error()));
  auto meeting = read_id(id);
  if (!meeting) return fail(std::move(meeting.error()));
  return PreparedBooking{*meeting, *chosen};
}

Result<ContactId> PgBookingStore::choose(const ContactChoice& contact) {
  if (!contact.known) return records_.create(contact.owner, contact.fields);
  if (contact.fields.empty()) return *contact.known;
  if (auto filled = records_.fill(*contact.known, contact.fields); !filled) return fail(std::move(filled.error()));
  return *contact.known;
}

Result<MeetingId> PgBookingStore::read_id(crm::sdk::Ticket ticket) {
  auto rows = session_.collect(ticket);
  if (!rows) return fail(std::move(rows.error()));
  return MeetingId{RowReader(**rows, 0).next<std::int64_t>()};
}

Result<std::optional<MeetingId>> PgBookingStore::release(const StatusChange& old_half) {
  const auto id = session_.post(query::next_id, {});
  auto released = meetings_.change_status(old_half);
  if (!released) return fail(std::move(released.error()));
  if (!*released) return std::optional<MeetingId>{};
  auto meeting = read_id(id);
  if (!meeting) return fail(std::move(meeting.error()));
  return std::optional(*meeting);
}

Done PgBookingStore::commit(const NewMeeting& meeting, const std::optional<MeetingActivity>& activity) {
  post_insert(meeting);
  return activity ? records_.log(*activity) : Done{};
}

void PgBookingStore::post_insert(const NewMeeting& booking) {
  const Meeting& m = booking.meeting;
  const MeetingColumns columns(m);
  const ClockParams clocks(m.clocks);
  const std::string hosts = array_text(booking.hosts);
  const NewToken* token = booking.token ? &*booking.token : nullptr;
  const NewBookingKey* key = booking.key ? &*booking.key : nullptr;
  const AuditEntry& audit = booking.audit;
  const std::string messages = messages_text(booking.messages);
  const std::string details = details_text(audit);
  session_.post(query::insert, {hosts,
                                m.time.start(),
                                m.time.end(),
                                m.type.value,
                                id_param(m.contact),
                                m.attendee_name,
                                m.attendee_email,
                                m.timezone.name(),
                                m.location,
                                m.notes,
                                columns.answers,
                                name_of(m.status),
                                m.created_at,
                                id_param(m.rescheduled_from),
                                id_param(m.chain),
                                m.ical_uid,
                                m.ical_sequence,
                                m.phone,
                                columns.guests,
                                m.locale,
                                columns.utm,
                                std::int64_t{m.buffer_before.count()},
                                std::int64_t{m.buffer_after.count()},
                                bytes_or_null(token ? &token->hash : nullptr),
                                bytes_or_null(token ? &token->sealed : nullptr),
                                token ? Param(token->expires_at) : Param(nullptr),
                                key ? Param(key->key) : Param(nullptr),
                                bytes_or_null(key ? &key->body_hash : nullptr),
                                booking.assignment_reason,
                                audit.action,
                                name_of(audit.actor),
                                id_param(audit.user),
                                audit.request_id,
                                details,
                                messages,
                                m.id.value,
                                clocks.host_zone,
                                clocks.host_offset,
                                clocks.attendee_offset,
                                m.confirm_by,
                                array_text(booking.reminders)});
}

}  // namespace scheduling
