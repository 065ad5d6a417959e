-- why: who came along to somebody else's meeting is forgotten as a guest; the meeting stays its attendee's
-- index: none: a person asks rarely, and guests are in no index
-- returns: how many meetings, mails and calendar events
WITH erased AS (
  UPDATE scheduled_meetings m
     SET guests = (SELECT COALESCE(jsonb_agg(guest.address ORDER BY guest.place), '[]')
                     FROM jsonb_array_elements_text(m.guests) WITH ORDINALITY AS guest(address, place)
                    WHERE NOT ($1::jsonb ? lower(guest.address))),
         mail_failures = (SELECT NULLIF(COALESCE(jsonb_agg(failure.one), '[]'), '[]')
                            FROM jsonb_array_elements(m.mail_failures) AS failure(one)
                           WHERE NOT ($1::jsonb ? lower(failure.one->>'recipient'))),
         updated_at = $2::timestamptz
   WHERE EXISTS (SELECT FROM jsonb_array_elements_text(m.guests) AS guest(address) WHERE $1::jsonb ? lower(guest.address))
  RETURNING m.id, m.chain_id
), mails AS (
  DELETE FROM outbox o WHERE o.payload->>'role' = 'guest' AND $1::jsonb ? lower(o.recipient)
  RETURNING o.id
), calendars AS (
  INSERT INTO outbox (kind, effect_key, meeting_id, payload, available_at, created_at)
  SELECT 'calendar_write', concat_ws(':', 'calendar', e.user_id, pg_current_xact_id()), e.meeting_id,
         jsonb_build_object('user_id', e.user_id::text), $2::timestamptz, $2::timestamptz
    FROM erased JOIN meeting_calendar_events e ON e.meeting_id = erased.id
   WHERE e.is_live
  ON CONFLICT (meeting_id, effect_key) DO NOTHING
  RETURNING id
)
SELECT (SELECT count(*) FROM erased), (SELECT count(*) FROM mails), (SELECT count(*) FROM calendars)
