-- why: the whole booking in one statement. The hosts' rows go first: when the exclusion constraint holds one of
--      them back, no meeting and nothing that hangs on it is written, and no row comes back.
-- index: meeting_hosts_no_overlap
-- returns: id, chain_id; no row when the slot is taken
WITH fresh AS MATERIALIZED (
  SELECT nextval(pg_get_serial_sequence('scheduled_meetings', 'id'))::integer AS id
), hosts AS (
  INSERT INTO meeting_hosts (meeting_id, user_id, start_time, end_time, is_live)
  SELECT fresh.id, host.user_id, $2::timestamptz, $3::timestamptz, true
    FROM fresh, unnest($1::integer[]) AS host(user_id)
  ON CONFLICT DO NOTHING
  RETURNING meeting_id
), meeting AS (
  INSERT INTO scheduled_meetings (
      id, meeting_type_id, host_user_id, contact_id, attendee_name, attendee_email, start_time, end_time, timezone,
      location, notes, answers, status, created_at, updated_at, rescheduled_from_id, chain_id, ical_uid,
      ical_sequence, phone, guests, locale, utm, buffer_before_minutes, buffer_after_minutes)
  SELECT fresh.id, $4::integer, ($1::integer[])[1], $5::integer, $6, $7, $2::timestamptz, $3::timestamptz, $8,
         $9, $10, $11::jsonb, $12, $13::timestamptz, $13::timestamptz, $14::integer,
         COALESCE($15::integer, fresh.id), $16, $17::integer, $18, $19::jsonb, $20, $21::jsonb, $22::integer,
         $23::integer
    FROM fresh
   WHERE (SELECT count(*) FROM hosts) = cardinality($1::integer[])
  RETURNING id, chain_id, ical_sequence
), token AS (
  INSERT INTO manage_tokens (chain_id, token_hash, token_sealed, expires_at, created_at)
  SELECT meeting.chain_id, $24::bytea, $25::bytea, $26::timestamptz, $13::timestamptz
    FROM meeting
   WHERE $24::bytea IS NOT NULL
), repeated AS (
  INSERT INTO booking_keys (meeting_type_id, idempotency_key, body_hash, chain_id, created_at)
  SELECT $4::integer, $27::varchar, $28::bytea, meeting.chain_id, $13::timestamptz
    FROM meeting
   WHERE $27::varchar IS NOT NULL
), assignment AS (
  INSERT INTO meeting_assignments (meeting_id, user_id, reason, skipped, created_at)
  SELECT meeting.id, ($1::integer[])[1], $29, '[]'::jsonb, $13::timestamptz
    FROM meeting
), audit AS (
  INSERT INTO scheduling_audit (action, actor, user_id, meeting_id, request_id, details, created_at)
  SELECT $30, $31, $32::integer, meeting.id, $33, $34::jsonb, $13::timestamptz
    FROM meeting
), effects AS (
  INSERT INTO outbox (kind, effect_key, meeting_id, recipient, payload, available_at, created_at)
  SELECT effect.kind,
         concat_ws(':', meeting.id, meeting.ical_sequence, effect.kind, md5(effect.recipient)),
         meeting.id, effect.recipient, COALESCE(effect.payload, '{}'::jsonb), $13::timestamptz, $13::timestamptz
    FROM meeting, jsonb_to_recordset($35::jsonb) AS effect(kind varchar, recipient varchar, payload jsonb)
  ON CONFLICT (effect_key) DO NOTHING
)
SELECT id, chain_id FROM meeting
