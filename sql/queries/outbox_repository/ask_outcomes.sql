-- why: hosts are asked what came of a meeting, each once and once more a day later while nobody has said it; the question
--      and its mail change together. A question about what is known by now ends
-- index: outcome_questions_due, outcome_questions_pkey, scheduled_meetings_pkey
-- takes: $3 the messages of a first question, $4 those of its reminder
-- returns: each question that was due, of at most $2
WITH due AS (
  SELECT meeting_id, times_asked
    FROM outcome_questions
   WHERE due_at <= $1::timestamptz
   ORDER BY due_at
   LIMIT $2
     FOR UPDATE SKIP LOCKED
), open AS (
  SELECT due.meeting_id, due.times_asked
    FROM due JOIN scheduled_meetings m ON m.id = due.meeting_id
   WHERE m.status = 'completed' AND m.outcome IS NULL
), again AS (
  UPDATE outcome_questions q
     SET times_asked = 1, due_at = $1::timestamptz + interval '24 hours'
    FROM open
   WHERE q.meeting_id = open.meeting_id AND open.times_asked = 0
), ended AS (
  DELETE FROM outcome_questions q
   USING due
   WHERE q.meeting_id = due.meeting_id
     AND NOT EXISTS (SELECT FROM open WHERE open.meeting_id = due.meeting_id AND open.times_asked = 0)
), messages AS (
  {{outbox_rows | from: open | meeting: open.meeting_id | key: 'outcome', open.times_asked
                | messages: CASE open.times_asked WHEN 0 THEN $3::jsonb ELSE $4::jsonb END
                | due: NULL | now: $1::timestamptz}}
  ON CONFLICT (meeting_id, effect_key) DO NOTHING
)
SELECT meeting_id FROM due
