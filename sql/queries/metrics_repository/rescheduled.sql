-- why: how often meetings were moved, by when that happened: each move made a new row
-- index: scheduled_meetings_created
-- returns: whether it is the total, key, moves
WITH moved AS (
  SELECT {{metric_key | group: $4 | at: m.created_at | zone: $5}} AS key
    FROM scheduled_meetings m
   WHERE m.created_at >= $1::timestamptz AND m.created_at < $2::timestamptz AND m.rescheduled_from_id IS NOT NULL
     AND {{metric_scope | host: $3}}
)
SELECT grouping(key) = 1, COALESCE(key, ''), count(*)
  FROM moved
 GROUP BY GROUPING SETS ((), (key))
 ORDER BY 1, 2
