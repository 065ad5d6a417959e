-- why: from now on a meeting's attendee is written to at another address. What still waits for the former one goes to
--      the new one, which is told of the meeting first; calendars that name attendees are written again
-- index: scheduled_meetings_pkey, outbox_effect, meeting_hosts_pkey
-- returns: id; no row when the meeting is no longer live
WITH meeting AS (
  UPDATE scheduled_meetings
     SET attendee_email = $2, attendee_key = $3, updated_at = $4::timestamptz, ical_sequence = ical_sequence + 1
   WHERE id = $1 AND status IN ('scheduled', 'pending')
  RETURNING id, ical_sequence
), waiting AS (
  UPDATE outbox o
     SET recipient = $2
    FROM meeting
   WHERE o.meeting_id = meeting.id AND o.status IN ('waiting', 'held') AND o.payload->>'role' = 'attendee'
), calendars AS (
  INSERT INTO outbox (kind, effect_key, meeting_id, payload, available_at, created_at)
  SELECT 'calendar_write', concat_ws(':', 'calendar', h.user_id, pg_current_xact_id()), meeting.id,
         jsonb_build_object('user_id', h.user_id::text), $4::timestamptz, $4::timestamptz
    FROM meeting JOIN meeting_hosts h ON h.meeting_id = meeting.id
   WHERE EXISTS (SELECT FROM connected_calendars c WHERE c.user_id = h.user_id AND c.writes_meetings)
  ON CONFLICT (meeting_id, effect_key) DO NOTHING
), messages AS (
  {{outbox_rows | from: meeting | meeting: meeting.id | key: meeting.ical_sequence, message.kind | messages: $5::jsonb
                | due: NULL | now: $4::timestamptz}}
  ON CONFLICT (meeting_id, effect_key) DO NOTHING
)
SELECT id FROM meeting
