-- why: who came, by when meetings began. Only what a person recorded says so; the job that completes meetings does not
-- index: scheduled_meetings_start
-- returns: whether it is the total, key, no-shows, held, due, with an outcome
WITH met AS (
  SELECT {{metric_key | group: $4 | at: m.start_time | zone: $5}} AS key, m.outcome, m.end_time <= $6::timestamptz AS is_over
    FROM scheduled_meetings m
   WHERE m.start_time >= $1::timestamptz AND m.start_time < $2::timestamptz
     AND m.status IN ('scheduled', 'completed', 'no_show')
     AND {{metric_scope | host: $3}}
)
SELECT grouping(key) = 1, COALESCE(key, ''), count(*) FILTER (WHERE outcome = 'no_show'),
       count(*) FILTER (WHERE outcome = 'completed'), count(*) FILTER (WHERE is_over), count(outcome)
  FROM met
 GROUP BY GROUPING SETS ((), (key))
 ORDER BY 1, 2
