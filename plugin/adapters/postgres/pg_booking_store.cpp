#include "plugin/adapters/postgres/pg_booking_store.hpp"

#include <algorithm>

#include "plugin/adapters/postgres/array_text.hpp"
#include "plugin/adapters/postgres/meeting_columns.hpp"
#include "plugin/adapters/postgres/pg_meeting_repository.hpp"
#include "plugin/adapters/postgres/pg_turn_repository.hpp"
#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/json/json_text.hpp"
#include "plugin/json/outbox_json.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::meeting_repository;
using crm::sdk::Param;
using crm::sdk::RowReader;

constexpr std::int64_t k_use_lock_class = 0x757365;  // another one than the hosts' locks have

/// Of questions and of entries. A key is a word, a colon, and a number, a hash or a network: nothing to escape.
template <class Uses>
std::string keys_text(const Uses& uses) {
  return array_text_of(uses, [](const auto& use) { return '"' + use.key + '"'; });
}

std::string ages_text(const std::vector<UseQuestion>& uses, Instant now) {
  return array_text_of(uses, [now](const UseQuestion& use) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(now - use.since).count());
  });
}

std::string numbers_text(const std::vector<UseEntry>& uses, std::int64_t UseEntry::*number) {
  return array_text_of(uses, [number](const UseEntry& use) { return std::to_string(use.*number); });
}

/// As statements take what is suggested. What stands behind # tells the open ones of a contact apart.
std::string suggestions_json(const std::vector<FieldSuggestion>& suggestions, const Meeting& meeting,
                             const std::optional<UserId>& suggested_host) {
  JsonText json;
  json.begin_array();
  if (suggested_host)
    json.begin_object()
        .field("kind", "reassign")
        .field("field", "host_user_id#" + std::to_string(meeting.id.value))
        .field("current", std::to_string(meeting.host.value))
        .field("proposed", std::to_string(suggested_host->value))
        .end_object();
  for (const FieldSuggestion& each : suggestions)
    json.begin_object()
        .field("kind", "contact_field")
        .field("field", each.field)
        .field("current", each.current)
        .field("proposed", each.proposed)
        .end_object();
  json.end_array();
  return json.take();
}

Param bytes_or_null(const std::string* bytes) {
  return bytes ? Param::bytes(*bytes) : Param(nullptr);
}

}  // namespace

/// All questions travel before the first answer is waited for: one round trip.
Result<OpenedBooking> PgBookingStore::open(std::span<const HeldCalendar> hosts, const AttendeeQuestions* attendee) {
  std::vector<UserId> ids;
  for (const HeldCalendar& each : hosts) ids.push_back(each.host);
  if (auto locked = meetings_.lock_hosts(ids); !locked) return fail(std::move(locked.error()));
  const auto changes = post_calendar_changes(session_, hosts);
  for (const UserId host : ids) users_.ask(host);
  PostedQuestions posted;
  if (attendee != nullptr) posted = ask(*attendee);

  OpenedBooking opened;
  auto locked = read_hosts(hosts, changes);
  if (!locked) return fail(std::move(locked.error()));
  opened.hosts = std::move(*locked);
  if (attendee == nullptr) return opened;
  if (auto read = read_answers(*attendee, posted, opened); !read) return fail(std::move(read.error()));
  return opened;
}

PgBookingStore::PostedQuestions PgBookingStore::ask(const AttendeeQuestions& attendee) {
  PostedQuestions posted;
  records_.ask_by_email(attendee.email);  // the address is locked after the hosts
  posted.history = session_.post(query::attendee_history, {attendee.key, attendee.now, attendee.open_meetings_counted});
  if (!attendee.recipients.empty()) users_.ask_among(attendee.recipients);
  if (attendee.uses.empty()) return posted;
  const std::string keys = keys_text(attendee.uses);
  session_.post(query::lock_uses, {k_use_lock_class, keys});
  posted.uses = session_.post(query::count_uses, {keys, ages_text(attendee.uses, attendee.now), attendee.now});
  return posted;
}

Done PgBookingStore::read_answers(const AttendeeQuestions& attendee, const PostedQuestions& posted,
                                  OpenedBooking& opened) {
  auto contacts = records_.find_by_email(attendee.email);
  if (!contacts) return fail(std::move(contacts.error()));
  opened.contacts = std::move(*contacts);
  auto history = session_.collect(posted.history);
  if (!history) return fail(std::move(history.error()));
  RowReader row(**history, 0);
  opened.open_meetings = row.next<std::int64_t>();
  opened.is_known_address = row.next<bool>();
  if (!attendee.recipients.empty()) {
    auto users = users_.users_among(attendee.recipients);
    if (!users) return fail(std::move(users.error()));
    opened.user_addresses = std::move(*users);
  }
  if (!posted.uses) return {};
  auto uses = session_.collect(*posted.uses);
  if (!uses) return fail(std::move(uses.error()));
  opened.uses.resize((*uses)->size());
  for (std::size_t i = 0; i < (*uses)->size(); ++i) {
    RowReader use(**uses, i);
    Use& counted = opened.uses.at(static_cast<std::size_t>(use.next<std::int64_t>() - 1));
    counted.bookings = use.next<std::int64_t>();
    counted.mails = use.next<std::int64_t>();
  }
  return {};
}

Result<std::optional<Instant>> PgBookingStore::next_room(const UseQuestion& question, std::int64_t max, Instant now) {
  auto made = session_.one<Instant>(session_.run(query::next_use_room, {question.key, question.since, now, max}),
                                    [](RowReader& row) -> Result<Instant> { return row.next<Instant>(); });
  if (!made) return fail(std::move(made.error()));
  if (!*made) return std::optional<Instant>{};
  return std::optional(**made + (now - question.since));
}

Result<std::vector<LockedHost>> PgBookingStore::read_hosts(std::span<const HeldCalendar> hosts,
                                                           crm::sdk::Ticket changes) {
  auto updates = collect_calendar_changes(session_, changes, hosts);
  if (!updates) return fail(std::move(updates.error()));
  std::vector<LockedHost> locked;
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    auto person = users_.find(hosts[i].host);
    if (!person) return fail(std::move(person.error()));
    locked.push_back({std::move(*person), std::move((*updates)[i])});
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

Result<std::optional<ContactId>> PgBookingStore::choose(const ContactChoice& contact) {
  if (contact.is_postponed) return std::optional<ContactId>{};
  if (contact.known) return contact.known;
  auto made = records_.create(contact.owner, contact.fields);
  if (!made) return fail(std::move(made.error()));
  return std::optional(*made);
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

Result<bool> PgBookingStore::verify(const VerifiedMeeting& verified, const MeetingActivity& activity) {
  const Meeting& m = verified.meeting;
  const AuditEntry& audit = verified.audit;
  const MeetingColumns columns(m);
  const auto updated = session_.post(
      query::verify, {m.id.value, name_of(m.status), m.updated_at, m.confirm_by, columns.held_for_review,
                      id_param(m.contact), audit.action, name_of(audit.actor), id_param(audit.user), audit.request_id,
                      details_text(audit), messages_json(verified.messages), array_text(verified.reminders),
                      suggestions_json(verified.suggestions, m, verified.suggested_host), keys_text(verified.uses),
                      numbers_text(verified.uses, &UseEntry::bookings), numbers_text(verified.uses, &UseEntry::mails)});
  auto logged = records_.log(activity);
  auto rows = session_.collect(updated);
  if (!rows) return fail(std::move(rows.error()));
  if (!logged) return fail(std::move(logged.error()));
  return (*rows)->size() == 1;
}

Done PgBookingStore::forget_uses(Instant before) {
  return session_.execute(query::forget_uses, {before});
}

void PgBookingStore::post_insert(const NewMeeting& booking) {
  const Meeting& m = booking.meeting;
  const MeetingColumns columns(m);
  const ClockParams clocks(m.clocks);
  const std::string hosts = array_text(booking.hosts);
  const NewToken* token = booking.token ? &*booking.token : nullptr;
  const NewBookingKey* key = booking.key ? &*booking.key : nullptr;
  const AuditEntry& audit = booking.audit;
  const std::string messages = messages_json(booking.messages);
  const std::string details = details_text(audit);
  const auto considered = considered_text(booking.assignment);
  post_turn(session_, m.chain, booking.turn_page, booking.turn);
  session_.post(query::insert, {hosts,
                                m.time.start(),
                                m.time.end(),
                                m.type.value,
                                id_param(m.contact),
                                m.attendee_name,
                                m.attendee_email,
                                m.timezone.name(),
                                columns.location,
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
                                name_of(booking.assignment.reason),
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
                                array_text(booking.reminders),
                                columns.location_kind,
                                columns.location_details,
                                columns.join_url,
                                columns.attendee_key,
                                columns.held_for_review,
                                m.awaits_verification,
                                suggestions_json(booking.suggestions, m, booking.suggested_host),
                                keys_text(booking.uses),
                                numbers_text(booking.uses, &UseEntry::bookings),
                                numbers_text(booking.uses, &UseEntry::mails),
                                strategy_param(booking.assignment),
                                considered ? Param(*considered) : Param(nullptr),
                                id_param(m.booked_by)});
}

}  // namespace scheduling
