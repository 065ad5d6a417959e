-- why: a meeting that took place and nobody marked otherwise is completed; several instances may run this at once
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
  RETURNING m.id
), audit AS (
  {{audit_rows | from: done | meeting: done.id | action: 'completed' | actor: 'system' | user: NULL | request: NULL
               | details: '{}'::jsonb | assigned: NULL | reason: NULL | strategy: NULL | considered: NULL | now: $1::timestamptz}}
)
SELECT id FROM done
