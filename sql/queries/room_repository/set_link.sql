-- why: a room was made, or is gone. Mails that wait for it leave now; who was told of the meeting without it is told
--      once more, which is another state of the meeting's calendar file. A mail that somebody holds is looked at again soon
-- index: scheduled_meetings_pkey, outbox_effect
-- returns: nothing
WITH meeting AS (
  UPDATE scheduled_meetings
     SET join_url = $2, location = $3, updated_at = $5::timestamptz,
         ical_sequence = ical_sequence + CASE WHEN $6::boolean THEN 1 ELSE 0 END
   WHERE id = $1
  RETURNING id, ical_sequence
), released AS (
  UPDATE outbox SET available_at = $5::timestamptz
   WHERE id IN (SELECT id FROM outbox
                 WHERE meeting_id = $1 AND status = 'waiting' AND kind LIKE 'mail\_%' AND attempts = 0
                   AND available_at > $5::timestamptz AND due_at IS NULL
                   FOR UPDATE SKIP LOCKED)
)
{{outbox_rows | from: meeting | meeting: meeting.id | key: meeting.ical_sequence, message.kind | messages: $4::jsonb
              | due: NULL | now: $5::timestamptz}}
ON CONFLICT (meeting_id, effect_key) DO NOTHING
