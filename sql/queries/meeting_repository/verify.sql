-- why: an attendee proved their address: the meeting gets its contact and its state, and everybody is told now
-- index: scheduled_meetings_pkey, outbox_effect
-- returns: id; no row when the meeting does not wait for its attendee any more
WITH meeting AS (
  UPDATE scheduled_meetings
     SET awaits_verification = false, status = $2::varchar, updated_at = $3::timestamptz,
         confirm_by = $4::timestamptz, held_for_review = $5::jsonb, contact_id = $6::integer
   WHERE id = $1 AND status = 'pending' AND awaits_verification
  RETURNING id, ical_sequence, start_time
), planned AS (
  INSERT INTO meeting_reminders (meeting_id, offsets, due_at)
  SELECT meeting.id, $13::integer[], meeting.start_time - ($13::integer[])[1] * interval '1 minute'
    FROM meeting
   WHERE cardinality($13::integer[]) > 0
  ON CONFLICT DO NOTHING
), suggested AS (
  INSERT INTO suggestions (kind, contact_id, meeting_id, field, current, proposed, created_at)
  SELECT said.kind, $6::integer, meeting.id, said.field, said.current, said.proposed, $3::timestamptz
    FROM meeting, jsonb_to_recordset($14::jsonb) AS said(kind varchar, field varchar, current text, proposed text)
  ON CONFLICT (contact_id, kind, field, md5(proposed)) WHERE status = 'open' DO NOTHING
), used AS (
  INSERT INTO public_uses (key, used_at, bookings, mails)
  SELECT hashtextextended(used.key, 0), $3::timestamptz, used.bookings, used.mails
    FROM meeting, unnest($15::text[], $16::integer[], $17::integer[]) AS used(key, bookings, mails)
), audit AS (
  {{audit_rows | from: meeting | meeting: meeting.id | action: $7 | actor: $8 | user: $9::integer | request: $10
               | details: $11::jsonb | assigned: NULL | reason: NULL | strategy: NULL | considered: NULL | now: $3::timestamptz}}
), messages AS (
  {{outbox_rows | from: meeting | meeting: meeting.id | key: meeting.ical_sequence, message.kind | messages: $12::jsonb
                | due: NULL | now: $3::timestamptz}}
  ON CONFLICT (meeting_id, effect_key) DO NOTHING
)
SELECT id FROM meeting
