-- why: reminders that are due are taken, each of them once; the caller makes mails of them in the same transaction
-- index: meeting_reminders_due, scheduled_meetings_pkey
-- returns: each taken reminder, and what its mails are made of; not wanted when the meeting was cancelled or is over
WITH due AS (
  SELECT meeting_id, offset_minutes
    FROM meeting_reminders
   WHERE queued_at IS NULL AND due_at <= $1::timestamptz
   ORDER BY due_at
   LIMIT $2
     FOR UPDATE SKIP LOCKED
), taken AS (
  UPDATE meeting_reminders r
     SET queued_at = $1::timestamptz
    FROM due
   WHERE r.meeting_id = due.meeting_id AND r.offset_minutes = due.offset_minutes
  RETURNING r.meeting_id, r.offset_minutes, r.due_at
)
SELECT m.id, taken.offset_minutes, taken.due_at, m.status = 'scheduled' AND m.end_time > $1::timestamptz,
       m.host_user_id, m.attendee_email, m.guests, m.timezone, COALESCE(m.locale, ''), m.ical_sequence
  FROM taken JOIN scheduled_meetings m ON m.id = taken.meeting_id
 ORDER BY taken.due_at, m.id
