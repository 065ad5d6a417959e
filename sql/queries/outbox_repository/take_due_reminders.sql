-- why: reminders that are due become mails, one for each recipient, each of them once. A meeting that was cancelled or
--      is over gets none
-- index: meeting_reminders_due, scheduled_meetings_pkey, outbox_effect
-- returns: how many reminders were due, and how many mails they became
WITH due AS (
  SELECT meeting_id, offset_minutes, due_at
    FROM meeting_reminders
   WHERE queued_at IS NULL AND due_at <= $1::timestamptz
   ORDER BY due_at
   LIMIT $2
     FOR UPDATE SKIP LOCKED
), marked AS (
  UPDATE meeting_reminders r
     SET queued_at = $1::timestamptz
    FROM due
   WHERE r.meeting_id = due.meeting_id AND r.offset_minutes = due.offset_minutes
  RETURNING r.meeting_id, r.offset_minutes, r.due_at
), meeting AS (
  SELECT m.id, m.attendee_email, m.guests, m.timezone, COALESCE(m.host_timezone, 'UTC') AS host_timezone,
         COALESCE(m.locale, '') AS locale, m.ical_sequence, marked.offset_minutes, marked.due_at
    FROM marked JOIN scheduled_meetings m ON m.id = marked.meeting_id
   WHERE m.status = 'scheduled' AND m.end_time > $1::timestamptz
), recipient AS (
  SELECT meeting.*, 'attendee' AS role, attendee_email AS address, timezone AS zone FROM meeting
  UNION ALL
  SELECT meeting.*, 'guest', guest.address, timezone
    FROM meeting CROSS JOIN jsonb_array_elements_text(meeting.guests) AS guest(address)
  UNION ALL
  SELECT meeting.*, 'host', NULL, host_timezone FROM meeting WHERE $3::boolean
), mail AS (
  INSERT INTO outbox (kind, effect_key, meeting_id, recipient, payload, available_at, due_at, created_at)
  SELECT 'mail_reminder',
         concat_ws(':', id, 'reminder', offset_minutes, COALESCE(md5(address), 'host')), id, address,
         jsonb_build_object('role', role, 'timezone', zone, 'locale', locale, 'sequence', ical_sequence::text,
                            'offset_minutes', offset_minutes::text),
         $1::timestamptz, due_at, $1::timestamptz
    FROM recipient
   ORDER BY due_at, id
  ON CONFLICT (meeting_id, effect_key) DO NOTHING
  RETURNING id
)
SELECT (SELECT count(*) FROM marked), (SELECT count(*) FROM mail)
