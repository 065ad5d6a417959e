-- why: everything that tells who a meeting was with goes in one statement: from the meeting, its mails, suggestions, keys
--      and audit. Hosts' mails that still wait stay; they are written from the meeting as it is then. Calendars are
--      written again
-- index: scheduled_meetings_chain, outbox_effect, suggestions_meeting, booking_keys_chain, scheduling_audit_meeting,
--        meeting_calendar_events_pkey
-- returns: how many meetings, mails, suggestions, audit entries and calendar events
WITH erased AS (
  UPDATE scheduled_meetings m
     SET attendee_name = '(erased)', attendee_email = '', attendee_key = NULL, phone = NULL, notes = NULL,
         answers = NULL, contact_id = NULL, cancel_reason = NULL, cancel_reason_kind = NULLIF(cancel_reason_kind, 'written'),
         mail_failures = NULL, guests = CASE WHEN $3::boolean THEN '[]' ELSE guests END,
         location = CASE WHEN phone IS NULL THEN location ELSE replace(location, ': ' || phone, '') END,
         utm = jsonb_strip_nulls(jsonb_build_object('source', utm->'source', 'medium', utm->'medium',
                                                    'campaign', utm->'campaign')),
         erased_at = COALESCE(erased_at, $2::timestamptz), updated_at = $2::timestamptz
   WHERE m.chain_id = ANY ($1::integer[])
  RETURNING m.id, m.chain_id
), mails AS (
  DELETE FROM outbox o USING erased
   WHERE o.meeting_id = erased.id
     AND (o.payload->>'role' = 'attendee' OR ($3::boolean AND o.payload->>'role' = 'guest'))
  RETURNING o.id
), words AS (
  UPDATE outbox o
     SET payload = o.payload - 'reason', last_error = NULL
    FROM erased
   WHERE o.meeting_id = erased.id AND o.payload->>'role' IS DISTINCT FROM 'attendee'
     AND NOT ($3::boolean AND o.payload->>'role' IS NOT DISTINCT FROM 'guest')
     AND (o.payload ? 'reason' OR o.last_error IS NOT NULL)
), suggested AS (
  DELETE FROM suggestions s USING erased WHERE s.meeting_id = erased.id
  RETURNING s.id
), keys AS (
  DELETE FROM booking_keys k WHERE k.chain_id = ANY ($1::integer[])
), audit AS (
  UPDATE scheduling_audit a
     SET details = (SELECT COALESCE(jsonb_object_agg(each.key, each.value), '{}')
                      FROM jsonb_each(a.details) AS each
                     WHERE each.key IN ('from', 'to', 'outside_rules', 'suggestion_id', 'kind', 'field'))
    FROM erased
   WHERE a.meeting_id = erased.id AND a.details <> '{}'
  RETURNING a.id
), calendars AS (
  INSERT INTO outbox (kind, effect_key, meeting_id, payload, available_at, created_at)
  SELECT 'calendar_write', concat_ws(':', 'calendar', e.user_id, pg_current_xact_id()), e.meeting_id,
         jsonb_build_object('user_id', e.user_id::text), $2::timestamptz, $2::timestamptz
    FROM meeting_calendar_events e
   WHERE e.chain_id = ANY ($1::integer[]) AND e.is_live
  ON CONFLICT (meeting_id, effect_key) DO NOTHING
  RETURNING id
)
SELECT (SELECT count(*) FROM erased), (SELECT count(*) FROM mails), (SELECT count(*) FROM suggested),
       (SELECT count(*) FROM audit), (SELECT count(*) FROM calendars)
