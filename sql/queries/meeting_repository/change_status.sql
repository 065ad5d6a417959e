-- why: every end or turn of a meeting. Ending it lets the booking key die (B-7) and drops reminders not yet sent (rows with
--      a time at which they were due); one that is being sent at this moment is not waited for. A turn that people are told of raises the iCalendar SEQUENCE.
--      completed and no_show are what a person recorded
-- index: scheduled_meetings_pkey, booking_keys_chain, meeting_reminders_pkey, outbox_effect
-- returns: id; no row when the status is no longer the one the decision was made on
WITH meeting AS (
  UPDATE scheduled_meetings
     SET status = $3::varchar, updated_at = $4,
         cancelled_at = CASE WHEN $3::varchar = 'cancelled' THEN $4 ELSE cancelled_at END,
         cancelled_by = CASE WHEN $3::varchar = 'cancelled' THEN $5 ELSE cancelled_by END,
         cancel_reason = CASE WHEN $3::varchar = 'cancelled' THEN $6 ELSE cancel_reason END,
         cancel_reason_kind = CASE WHEN $3::varchar = 'cancelled' THEN $14 ELSE cancel_reason_kind END,
         ical_sequence = ical_sequence + CASE WHEN $3::varchar IN ('cancelled', 'scheduled') THEN 1 ELSE 0 END,
         confirm_by = CASE WHEN $3::varchar = 'scheduled' THEN NULL ELSE confirm_by END,
         held_for_review = CASE WHEN $3::varchar = 'scheduled' THEN NULL ELSE held_for_review END,
         awaits_verification = awaits_verification AND $3::varchar <> 'scheduled',
         outcome = CASE WHEN $3::varchar IN ('completed', 'no_show') THEN $3::varchar ELSE outcome END,
         outcome_by_user_id = CASE WHEN $3::varchar IN ('completed', 'no_show') THEN $9::integer ELSE outcome_by_user_id END,
         outcome_at = CASE WHEN $3::varchar IN ('completed', 'no_show') THEN $4 ELSE outcome_at END
   WHERE id = $1 AND status = $2::varchar
  RETURNING id, chain_id, ical_sequence, start_time
), keys AS (
  DELETE FROM booking_keys USING meeting
   WHERE booking_keys.chain_id = meeting.chain_id AND $3::varchar = 'cancelled'
), reminders AS (
  DELETE FROM meeting_reminders USING meeting
   WHERE meeting_reminders.meeting_id = meeting.id AND $3::varchar IN ('cancelled', 'rescheduled')
), dropped AS (
  UPDATE outbox
     SET status = 'dropped', done_at = $4, last_error = 'the meeting is no longer on'
   WHERE id IN (SELECT waiting.id
                  FROM outbox waiting JOIN meeting ON waiting.meeting_id = meeting.id
                 WHERE waiting.status = 'waiting' AND waiting.due_at IS NOT NULL
                   AND $3::varchar IN ('cancelled', 'rescheduled')
                   FOR UPDATE OF waiting SKIP LOCKED)
), planned AS (
  INSERT INTO meeting_reminders (meeting_id, offsets, due_at)
  SELECT meeting.id, $13::integer[], meeting.start_time - ($13::integer[])[1] * interval '1 minute'
    FROM meeting
   WHERE cardinality($13::integer[]) > 0
  ON CONFLICT DO NOTHING
), audit AS (
  {{audit_rows | from: meeting | meeting: meeting.id | action: $7 | actor: $8 | user: $9::integer | request: $10
               | details: $11::jsonb | assigned: NULL | reason: NULL | strategy: NULL | considered: NULL | now: $4}}
), messages AS (
  {{outbox_rows | from: meeting | meeting: meeting.id | key: meeting.ical_sequence, message.kind | messages: $12::jsonb
                | due: NULL | now: $4}}
  ON CONFLICT (meeting_id, effect_key) DO NOTHING
)
SELECT id FROM meeting
