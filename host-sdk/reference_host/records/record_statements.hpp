#pragma once
/// The SQL of record_book.cpp.
#include "crm/sdk/database.hpp"

namespace crm::app::record_sql {

using sdk::Statement;

// Returned everywhere in this order: id, module, data, owner_user_id, created_at, updated_at.
constexpr Statement k_find{"records.find",
                           "SELECT id, module, data, owner_user_id, created_at, updated_at FROM module_records "
                           "WHERE id = $1 AND merged_into_id IS NULL"};
constexpr Statement k_find_several{"records.find_several",
                                   "SELECT id, module, data, owner_user_id, created_at, updated_at FROM module_records "
                                   "WHERE id = ANY ($1::integer[]) AND merged_into_id IS NULL"};
// Of a merged record: the one that stays.
constexpr Statement k_find_standing{
    "records.find_standing",
    "SELECT id, module, data, owner_user_id, created_at, updated_at FROM module_records "
    "WHERE id = (SELECT COALESCE(merged_into_id, id) FROM module_records WHERE id = $1)"};
constexpr Statement k_lock{"records.lock",
                           "SELECT id, module, data, owner_user_id, created_at, updated_at FROM module_records "
                           "WHERE id = $1 AND merged_into_id IS NULL FOR UPDATE"};

// index: record_emails_pkey, module_records_pkey
constexpr Statement k_lock_address{"records.lock_address",
                                   "SELECT pg_advisory_xact_lock(hashtextextended('record_email:' || $1, 0))"};
constexpr Statement k_by_email{
    "records.by_email",
    // OFFSET 0 keeps the planner from turning the look-up by id into a walk over all contacts, which it
    // prefers while the tables grow faster than their statistics.
    "SELECT r.id, r.module, r.data, r.owner_user_id, r.created_at, r.updated_at "
    "FROM (SELECT DISTINCT record_id FROM record_emails WHERE email_key = ANY ($1::text[])) e, "
    "LATERAL (SELECT m.id, m.module, m.data, m.owner_user_id, m.created_at, m.updated_at, m.merged_into_id "
    "  FROM module_records m WHERE m.id = e.record_id OFFSET 0) r "
    "WHERE r.module = $2 AND r.merged_into_id IS NULL ORDER BY r.id LIMIT 100"};

// One statement for the record and its addresses: a booking pays one round trip.
constexpr Statement k_create{
    "records.create",
    "WITH made AS (INSERT INTO module_records (module, data, owner_user_id, created_at, updated_at) "
    "  VALUES ($1, $2::jsonb, $3, $4, $4) RETURNING id), "
    "keyed AS (INSERT INTO record_emails (email_key, record_id) SELECT key, made.id FROM made, unnest($5::text[]) key) "
    "SELECT id FROM made"};

constexpr Statement k_update{"records.update",
                             "UPDATE module_records SET data = $2::jsonb, owner_user_id = $3, updated_at = $4 "
                             "WHERE id = $1 RETURNING id, module, data, owner_user_id, created_at, updated_at"};
constexpr Statement k_drop_addresses{
    "records.drop_addresses", "DELETE FROM record_emails WHERE record_id = $1 AND email_key <> ALL ($2::text[])"};
constexpr Statement k_add_addresses{"records.add_addresses",
                                    "INSERT INTO record_emails (email_key, record_id) "
                                    "SELECT key, $1::integer FROM unnest($2::text[]) key ON CONFLICT DO NOTHING"};
constexpr Statement k_delete{"records.delete", "DELETE FROM module_records WHERE id = $1"};

// $1 leaves, $2 stays. An entry that both have under one key stays once.
constexpr Statement k_move_activities{
    "records.move_activities",
    "UPDATE activities a SET record_id = $2 WHERE a.record_id = $1 AND NOT EXISTS (SELECT FROM activities b "
    "WHERE b.record_id = $2 AND b.kind = a.kind AND b.key = a.key)"};
constexpr Statement k_drop_activities{"records.drop_activities", "DELETE FROM activities WHERE record_id = $1"};
constexpr Statement k_retire{
    "records.retire",
    "UPDATE module_records SET merged_into_id = $2, data = CASE WHEN id = $1 THEN '{}' ELSE data END, updated_at = $3 "
    "WHERE id = $1 OR merged_into_id = $1"};

// index: module_records_module (per module), module_records_pkey
constexpr Statement k_list{
    "records.list",
    "SELECT id, module, data, owner_user_id, created_at, updated_at FROM module_records "
    "WHERE merged_into_id IS NULL AND id > $1::bigint AND ($2 = '' OR module = $2) "
    "AND ($3::integer IS NULL OR owner_user_id = $3 OR owner_user_id IS NULL) ORDER BY id LIMIT $4"};
constexpr Statement k_list_by_email{
    "records.list_by_email",
    "SELECT r.id, r.module, r.data, r.owner_user_id, r.created_at, r.updated_at "
    "FROM module_records r WHERE r.id IN (SELECT e.record_id FROM record_emails e WHERE e.email_key = ANY "
    "($5::text[])) "
    "AND r.merged_into_id IS NULL AND r.id > $1::bigint AND ($2 = '' OR r.module = $2) "
    "AND ($3::integer IS NULL OR r.owner_user_id = $3 OR r.owner_user_id IS NULL) ORDER BY r.id LIMIT $4"};
constexpr Statement k_search{
    "records.search",
    "SELECT id, module, data, owner_user_id, created_at, updated_at FROM module_records "
    "WHERE merged_into_id IS NULL AND ($1::bigint = 0 OR id < $1::bigint) AND module = $2 "
    "AND ($3::integer IS NULL OR owner_user_id = $3 OR owner_user_id IS NULL) "
    "AND ($5 = '' OR strpos(lower(data->>'name'), lower($5)) > 0 OR strpos(lower(data->>'email'), lower($5)) > 0 "
    "OR strpos(lower(data->>'emails'), lower($5)) > 0) ORDER BY id DESC LIMIT $4"};

// FOR SHARE: waits for a merge under way, and then writes to the record that stays.
constexpr Statement k_add_activity{
    "activities.add",
    "INSERT INTO activities (record_id, kind, key, subject, occurs_at, data, user_id, created_at, updated_at) "
    "SELECT COALESCE(r.merged_into_id, r.id), $2, NULLIF($3, ''), $4, $5::timestamptz, $6::jsonb, $7::integer, "
    "$8::timestamptz, $8::timestamptz FROM module_records r WHERE r.id = $1 FOR SHARE OF r "
    "ON CONFLICT (record_id, kind, key) DO UPDATE SET subject = excluded.subject, occurs_at = excluded.occurs_at, "
    "data = excluded.data, user_id = excluded.user_id, updated_at = excluded.updated_at"};
// index: activities_timeline
constexpr Statement k_activities{
    "activities.list",
    "SELECT id, kind, subject, occurs_at, data, user_id, created_at FROM activities WHERE record_id = $1 "
    "AND ($2::bigint = 0 OR (occurs_at, id) < (SELECT occurs_at, id FROM activities WHERE id = $2::bigint "
    "AND record_id = $1)) ORDER BY occurs_at DESC, id DESC LIMIT $3"};

// index: activities_timeline, module_records_pkey. Of a merged record: that of the one that stays, as in
// k_add_activity.
constexpr Statement k_recent_activities{
    "activities.recent",
    "SELECT kind, subject, occurs_at, data FROM activities "
    "WHERE record_id = (SELECT COALESCE(merged_into_id, id) FROM module_records WHERE id = $1) "
    "ORDER BY occurs_at DESC, id DESC LIMIT $2"};

}  // namespace crm::app::record_sql
