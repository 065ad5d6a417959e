-- why: reminders that are due are taken, each of them once; the caller makes mails of them in the same transaction
-- index: meeting_reminders_due, meeting_reminders_pkey, scheduled_meetings_pkey
-- returns: each reminder taken, of up to $2 meetings, and what its mails are made of; not wanted when the meeting was
--          cancelled or is over
WITH due AS (
  SELECT meeting_id, offsets, due_at
    FROM meeting_reminders
   WHERE due_at <= $1::timestamptz
   ORDER BY due_at
   LIMIT $2
     FOR UPDATE SKIP LOCKED
), planned AS (
  SELECT due.meeting_id, each.offset_minutes,
         due.due_at + (due.offsets[1] - each.offset_minutes) * interval '1 minute' AS due_at
    FROM due, unnest(due.offsets) AS each(offset_minutes)
), rest AS (
  SELECT meeting_id, array_agg(offset_minutes ORDER BY offset_minutes DESC) AS offsets, min(due_at) AS due_at
    FROM planned
   WHERE due_at > $1::timestamptz
   GROUP BY meeting_id
), kept AS (
  UPDATE meeting_reminders r
     SET offsets = rest.offsets, due_at = rest.due_at
    FROM rest
   WHERE r.meeting_id = rest.meeting_id
), finished AS (
  DELETE FROM meeting_reminders r
   USING due
   WHERE r.meeting_id = due.meeting_id AND NOT EXISTS (SELECT FROM rest WHERE rest.meeting_id = due.meeting_id)
)
SELECT m.id, planned.offset_minutes, planned.due_at, m.status = 'scheduled' AND m.end_time > $1::timestamptz,
       m.host_user_id, m.attendee_email, m.guests, m.timezone, COALESCE(m.locale, ''), m.ical_sequence,
       (SELECT string_agg(host.user_id::text, ',' ORDER BY host.user_id) FROM meeting_hosts host
         WHERE host.meeting_id = m.id AND host.user_id <> m.host_user_id)
  FROM planned JOIN scheduled_meetings m ON m.id = planned.meeting_id
 WHERE planned.due_at <= $1::timestamptz
 ORDER BY planned.due_at, m.id
