#include "plugin/adapters/postgres/insight/pg_privacy_repository.hpp"

#include "crm/sdk/json_input.hpp"
#include "plugin/adapters/postgres/array_text.hpp"
#include "plugin/adapters/postgres/pg_meeting_repository.hpp"
#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/json/json_text.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::privacy_repository;
namespace audit_query = scheduling::sql::audit_repository;
using crm::sdk::RowReader;

std::string ids_text(const std::vector<MeetingId>& ids) {
  return array_text_of(ids, [](MeetingId id) { return std::to_string(id.value); });
}

Result<MeetingId> read_id(RowReader& row) {
  return MeetingId{row.next<std::int64_t>()};
}

/// Both forms, once each.
std::string forms_json(const SoughtAddress& address) {
  JsonText json;
  json.begin_array().value(address.key).value(address.text).end_array();
  return json.take();
}

std::string counts_json(const Erasure& counts) {
  JsonText json;
  json.begin_object()
      .field("meetings", std::to_string(counts.meetings))
      .field("guest_of", std::to_string(counts.guest_of))
      .end_object();
  return json.take();
}

std::map<std::string, std::string> read_details(std::string_view stored) {
  std::map<std::string, std::string> details;
  const auto object = crm::sdk::read_stored_object(stored);
  if (!object) return details;
  for (const auto& [name, value] : *object)
    if (std::string text = crm::sdk::scalar_text(value); !text.empty()) details.emplace(name, std::move(text));
  return details;
}

Result<LoggedChange> read_change(RowReader& row) {
  LoggedChange change;
  change.id = row.next<std::int64_t>();
  change.action = row.next<std::string>();
  change.actor = row.next<std::string>();
  if (const auto user = row.next_or_null<std::int64_t>()) change.user = UserId{*user};
  if (const auto meeting = row.next_or_null<std::int64_t>()) change.meeting = MeetingId{*meeting};
  change.details = read_details(row.next<std::string_view>());
  change.at = row.next<Instant>();
  if (const auto host = row.next_or_null<std::int64_t>()) change.assigned = UserId{*host};
  change.assignment_reason = row.next_or_null<std::string>();
  return change;
}

}  // namespace

Result<std::vector<MeetingId>> PgPrivacyRepository::chains_of(const SoughtAddress& address) {
  return session_.all<MeetingId>(session_.run(query::chains_of_address, {address.key, address.text}), read_id);
}

Result<std::vector<MeetingId>> PgPrivacyRepository::old_chains(Instant end, int count) {
  return session_.all<MeetingId>(session_.run(query::old_chains, {end, count}), read_id);
}

Result<std::vector<Meeting>> PgPrivacyRepository::meetings_of(const std::vector<MeetingId>& chains) {
  return session_.all<Meeting>(session_.run(query::meetings, {ids_text(chains)}), read_meeting);
}

Result<Erasure> PgPrivacyRepository::erase(const std::vector<MeetingId>& chains, GuestsToo guests, Instant now) {
  auto erased = session_.one<Erasure>(session_.run(query::erase, {ids_text(chains), now, guests == GuestsToo::yes}),
                                      [](RowReader& row) -> Result<Erasure> {
                                        Erasure counts;
                                        counts.meetings = row.next<std::int64_t>();
                                        counts.mails = row.next<std::int64_t>();
                                        counts.suggestions = row.next<std::int64_t>();
                                        counts.audit_entries = row.next<std::int64_t>();
                                        counts.calendar_events = row.next<std::int64_t>();
                                        return counts;
                                      });
  if (!erased) return fail(std::move(erased.error()));
  return erased->value_or(Erasure{});
}

Result<Erasure> PgPrivacyRepository::erase_guest(const SoughtAddress& address, Instant now) {
  auto erased = session_.one<Erasure>(session_.run(query::erase_guest, {forms_json(address), now}),
                                      [](RowReader& row) -> Result<Erasure> {
                                        Erasure counts;
                                        counts.guest_of = row.next<std::int64_t>();
                                        counts.mails = row.next<std::int64_t>();
                                        counts.calendar_events = row.next<std::int64_t>();
                                        return counts;
                                      });
  if (!erased) return fail(std::move(erased.error()));
  return erased->value_or(Erasure{});
}

Done PgPrivacyRepository::note(const ErasureNote& note) {
  return session_.execute(query::note_erasure, {note.by ? "user" : "system", id_param(note.by), note.request_id,
                                                counts_json(note.counts), note.now});
}

Result<std::string> PgPrivacyRepository::export_of(const std::vector<MeetingId>& chains, const SoughtAddress& address) {
  auto rows = session_.run(query::export_of, {ids_text(chains), forms_json(address)});
  if (!rows) return fail(std::move(rows.error()));
  return std::string((*rows)->text(0, 0));
}

Done PgPrivacyRepository::keep_consent(MeetingId chain, const std::string& text, Instant now) {
  session_.post(query::keep_consent, {chain.value, text, now});
  return {};
}

Result<std::vector<LoggedChange>> PgAuditRepository::list(const AuditFilter& filter, std::int64_t before, int count) {
  return session_.all<LoggedChange>(
      session_.run(audit_query::list,
                   {before, id_param(filter.meeting), id_param(filter.user), filter.from, filter.until, count}),
      read_change);
}

}  // namespace scheduling
