-- why: a meeting that took place and nobody marked otherwise is completed, and its host is to be asked about it; several
--      instances may run this at once. What ended long ago, before an outage, is nobody's fresh memory
-- index: scheduled_meetings_open
-- returns: id of each meeting completed in this batch
WITH due AS (
  SELECT id
    FROM scheduled_meetings
   WHERE status = 'scheduled' AND end_time <= $1::timestamptz
   ORDER BY end_time
   LIMIT $2
     FOR UPDATE SKIP LOCKED
), done AS (
  UPDATE scheduled_meetings m
     SET status = 'completed', updated_at = $1::timestamptz
    FROM due
   WHERE m.id = due.id
  RETURNING m.id, m.end_time, m.outcome
), questions AS (
  INSERT INTO outcome_questions (meeting_id, due_at)
  SELECT id, $1::timestamptz FROM done WHERE outcome IS NULL AND end_time > $1::timestamptz - interval '7 days'
  ON CONFLICT DO NOTHING
), audit AS (
  {{audit_rows | from: done | meeting: done.id | action: 'completed' | actor: 'system' | user: NULL | request: NULL
               | details: '{}'::jsonb | assigned: NULL | reason: NULL | strategy: NULL | considered: NULL | now: $1::timestamptz}}
)
SELECT id FROM done
