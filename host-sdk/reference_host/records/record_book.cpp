#include "reference_host/records/record_book.hpp"

#include <algorithm>
#include <exception>

#include "reference_host/database/text_array.hpp"
#include "reference_host/mail/address.hpp"
#include "reference_host/records/hook_table.hpp"
#include "reference_host/records/record_access.hpp"
#include "reference_host/records/record_data.hpp"
#include "reference_host/records/record_statements.hpp"

namespace crm::app {
namespace {

using namespace record_sql;
using sdk::Cause;
using sdk::Done;
using sdk::Outcome;
using sdk::Record;
using sdk::RecordChange;
using sdk::RecordEvent;
using sdk::RecordId;
using sdk::Session;

Record to_record(const sdk::Rows& rows, std::size_t index) {
  sdk::RowReader row(rows, index);
  Record record;
  record.id = row.next<RecordId>();
  record.module = row.next<std::string>();
  record.data_json = row.next<std::string>();
  record.owner = row.next_or_null<sdk::UserId>().value_or(sdk::UserId{});
  record.created_at = row.next<sdk::Micros>();
  record.updated_at = row.next<sdk::Micros>();
  return record;
}

std::vector<Record> to_records(const sdk::Rows& rows) {
  std::vector<Record> records;
  records.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) records.push_back(to_record(rows, i));
  return records;
}

Outcome<Record> one_record(Outcome<sdk::RowsPtr> rows) {
  if (!rows) return sdk::fail(rows.error());
  if ((*rows)->size() == 0) return sdk::fail(sdk::FailureKind::not_found, "no such record");
  return to_record(**rows, 0);
}

Outcome<Record> one_seen(const sdk::Viewer& viewer, Outcome<sdk::RowsPtr> rows) {
  auto record = one_record(std::move(rows));
  if (record && !may_see(viewer, *record)) return sdk::fail(sdk::FailureKind::not_found, "no such record");
  return record;
}

/// The border: nothing thrown leaves an SDK call.
template <class Body>
auto guarded(Body&& body) noexcept -> decltype(body()) {
  try {
    return body();
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, error.what());
  }
}

Done allowed(HookTable& hooks, Session& session, const RecordChange& change) {
  auto veto = hooks.before(session, change);
  if (!veto) return {};
  return sdk::fail(sdk::Failure{sdk::FailureKind::vetoed, veto->message, {}, {}, veto->field});
}

/// Waits for a posted statement and for all before it.
Done settled(Outcome<sdk::RowsPtr> rows) {
  if (!rows) return sdk::fail(rows.error());
  return {};
}

}  // namespace

Outcome<Record> PgRecordBook::find(Session& session, const sdk::Viewer& viewer, RecordId id) noexcept {
  return guarded([&] { return one_seen(viewer, session.run(k_find, {id})); });
}

Outcome<Record> PgRecordBook::find_standing(Session& session, const sdk::Viewer& viewer, RecordId id) noexcept {
  return guarded([&] { return one_seen(viewer, session.run(k_find_standing, {id})); });
}

Outcome<Record> PgRecordBook::lock(Session& session, RecordId id) {
  return one_record(session.run(k_lock, {id}));
}

Outcome<std::vector<Record>> PgRecordBook::find_by_email(Session& session, const sdk::Viewer& viewer,
                                                         std::string_view module, std::string_view email) noexcept {
  return collect_find_by_email(session, post_find_by_email(session, module, email), viewer, module, email);
}

/// Lock and search travel together; the search runs after the lock was granted.
sdk::Ticket PgRecordBook::post_find_by_email(Session& session, std::string_view module,
                                             std::string_view email) noexcept {
  try {
    const std::string key = email_key(email);
    if (session.in_transaction()) session.post(k_lock_address, {key});
    return session.post(k_by_email, {text_array(email_keys(email)), module});
  } catch (const std::exception&) {
    return {};  // out of memory: nothing was asked, and the answer says so
  }
}

Outcome<std::vector<Record>> PgRecordBook::collect_find_by_email(Session& session, sdk::Ticket ticket,
                                                                 const sdk::Viewer& viewer, std::string_view,
                                                                 std::string_view) noexcept {
  return guarded([&]() -> Outcome<std::vector<Record>> {
    auto rows = session.collect(ticket);
    if (!rows) return sdk::fail(rows.error());
    std::vector<Record> records = to_records(**rows);
    std::erase_if(records, [&](const Record& record) { return !may_see(viewer, record); });
    return records;
  });
}

Outcome<std::vector<RecordId>> PgRecordBook::seen(Session& session, const sdk::Viewer& viewer,
                                                  std::span<const RecordId> ids) noexcept {
  return guarded([&]() -> Outcome<std::vector<RecordId>> {
    std::vector<std::string> texts;
    for (const RecordId id : ids) texts.push_back(std::to_string(id.value));
    auto rows = session.run(k_find_several, {text_array(texts)});
    if (!rows) return sdk::fail(rows.error());
    std::vector<RecordId> seen;
    for (const Record& record : to_records(**rows))
      if (may_see(viewer, record)) seen.push_back(record.id);
    return seen;
  });
}

Outcome<RecordId> PgRecordBook::create(Session& session, const sdk::RecordDraft& draft, const Cause& cause) noexcept {
  return guarded([&]() -> Outcome<RecordId> {
    const auto keys = record_email_keys(draft.data_json);
    if (!keys) return sdk::fail(keys.error());
    const sdk::Micros now = clock_.now();
    Record record{{}, draft.module, draft.data_json, draft.owner, now, now};
    const RecordChange change{RecordEvent::created, nullptr, &record, &cause, {now}};
    if (auto may = allowed(hooks_, session, change); !may) return sdk::fail(may.error());
    auto rows = session.run(k_create, {draft.module, draft.data_json, draft.owner, now, text_array(*keys)});
    if (!rows) return sdk::fail(rows.error());
    record.id = sdk::RowReader(**rows, 0).next<RecordId>();
    if (auto told = hooks_.after(session, change); !told) return sdk::fail(told.error());
    return record.id;
  });
}

Done PgRecordBook::update(Session& session, RecordId id, std::string_view data_json, const Cause& cause) noexcept {
  return guarded([&]() -> Done {
    const auto before = lock(session, id);
    if (!before) return sdk::fail(before.error());
    const auto after = change(session, *before, {std::string(data_json), std::nullopt}, cause);
    if (!after) return sdk::fail(after.error());
    return {};
  });
}

Outcome<Record> PgRecordBook::change(Session& session, const Record& before, const RecordEdit& edit,
                                     const Cause& cause) {
  Record wanted = before;
  wanted.data_json = edit.data_json.value_or(before.data_json);
  wanted.owner = edit.owner.value_or(before.owner);
  wanted.updated_at = clock_.now();
  const bool moves = wanted.owner != before.owner;
  const auto keys = record_email_keys(wanted.data_json);
  if (!keys) return sdk::fail(keys.error());
  const RecordChange updated{RecordEvent::updated, &before, &wanted, &cause, {wanted.updated_at}};
  const RecordChange moved{RecordEvent::owner_changed, &before, &wanted, &cause, {wanted.updated_at}};
  if (edit.data_json)
    if (auto may = allowed(hooks_, session, updated); !may) return sdk::fail(may.error());
  if (moves)
    if (auto may = allowed(hooks_, session, moved); !may) return sdk::fail(may.error());
  const std::string addresses = text_array(*keys);
  session.post(k_drop_addresses, {before.id, addresses});
  session.post(k_add_addresses, {before.id, addresses});
  auto after = one_record(session.run(k_update, {before.id, wanted.data_json, wanted.owner, wanted.updated_at}));
  if (!after) return after;
  wanted = *after;  // as stored: what the hooks see
  if (edit.data_json)
    if (auto told = hooks_.after(session, updated); !told) return sdk::fail(told.error());
  if (moves)
    if (auto told = hooks_.after(session, moved); !told) return sdk::fail(told.error());
  return after;
}

Done PgRecordBook::remove(Session& session, const Record& record, const Cause& cause) {
  const RecordChange change{RecordEvent::deleted, &record, nullptr, &cause, {clock_.now()}};
  if (auto may = allowed(hooks_, session, change); !may) return may;
  if (auto gone = settled(session.run(k_delete, {record.id})); !gone) return gone;
  return hooks_.after(session, change);
}

Outcome<Record> PgRecordBook::merge(Session& session, const Record& leaving, const Record& surviving,
                                    const Cause& cause) {
  auto data = absorbed_data(surviving.data_json, leaving.data_json);
  if (!data) return sdk::fail(data.error());
  const auto keys = record_email_keys(*data);
  if (!keys) return sdk::fail(keys.error());
  Record merged = surviving;
  merged.data_json = *data;
  const sdk::Micros now = clock_.now();
  const RecordChange change{RecordEvent::merged, &leaving, &merged, &cause, {now}};
  if (auto may = allowed(hooks_, session, change); !may) return sdk::fail(may.error());
  session.post(k_move_activities, {leaving.id, surviving.id});
  session.post(k_drop_activities, {leaving.id});
  session.post(k_drop_addresses, {leaving.id, "{}"});
  session.post(k_add_addresses, {surviving.id, text_array(*keys)});
  session.post(k_retire, {leaving.id, surviving.id, now});
  auto after = one_record(session.run(k_update, {surviving.id, *data, surviving.owner, now}));
  if (!after) return after;
  merged = *after;
  if (auto told = hooks_.after(session, change); !told) return sdk::fail(told.error());
  return after;
}

Done PgRecordBook::add_activity(Session& session, const sdk::ActivityDraft& draft, const Cause&) noexcept {
  return guarded([&]() -> Done {
    session.post(k_add_activity, {draft.record, draft.kind, draft.key, draft.subject, draft.occurs_at, draft.data_json,
                                  draft.user, clock_.now()});
    return {};
  });
}

Outcome<std::vector<sdk::Activity>> PgRecordBook::recent_activities(Session& session, const sdk::Viewer& viewer,
                                                                    RecordId record, int count) noexcept {
  return guarded([&]() -> Outcome<std::vector<sdk::Activity>> {
    if (!viewer.is_system())
      if (const auto seen = one_seen(viewer, session.run(k_find_standing, {record})); !seen)
        return sdk::fail(seen.error());
    auto rows = session.run(k_recent_activities, {record, std::max(count, 0)});
    if (!rows) return sdk::fail(rows.error());
    std::vector<sdk::Activity> activities;
    for (std::size_t i = 0; i < (*rows)->size(); ++i) {
      sdk::RowReader row(**rows, i);
      sdk::Activity& activity = activities.emplace_back();
      activity.kind = row.next<std::string>();
      activity.subject = row.next<std::string>();
      activity.occurs_at = row.next<sdk::Micros>();
      activity.data_json = row.next<std::string>();
    }
    return activities;
  });
}

Outcome<std::vector<Record>> PgRecordBook::list(Session& session, const RecordFilter& filter, std::int64_t after,
                                                int limit) {
  auto rows = filter.email.empty() ? session.run(k_list, {after, filter.module, filter.for_user, limit})
                                   : session.run(k_list_by_email, {after, filter.module, filter.for_user, limit,
                                                                   text_array(email_keys(filter.email))});
  if (!rows) return sdk::fail(rows.error());
  return to_records(**rows);
}

Outcome<std::vector<Record>> PgRecordBook::search(Session& session, const RecordFilter& filter, std::int64_t before,
                                                  int limit) {
  auto rows = session.run(k_search, {before, filter.module, filter.for_user, limit, filter.words});
  if (!rows) return sdk::fail(rows.error());
  return to_records(**rows);
}

Outcome<std::vector<Activity>> PgRecordBook::activities(Session& session, RecordId record, std::int64_t after,
                                                        int limit) {
  auto rows = session.run(k_activities, {record, after, limit});
  if (!rows) return sdk::fail(rows.error());
  std::vector<Activity> activities;
  for (std::size_t i = 0; i < (*rows)->size(); ++i) {
    sdk::RowReader row(**rows, i);
    Activity& activity = activities.emplace_back();
    activity.id = row.next<std::int64_t>();
    activity.kind = row.next<std::string>();
    activity.subject = row.next<std::string>();
    activity.occurs_at = row.next<sdk::Micros>();
    activity.data_json = row.next<std::string>();
    activity.user = row.next_or_null<sdk::UserId>().value_or(sdk::UserId{});
    activity.created_at = row.next<sdk::Micros>();
  }
  return activities;
}

}  // namespace crm::app
