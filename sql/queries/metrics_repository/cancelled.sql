-- why: what was cancelled, by when that happened. A request that was declined or expired was no booking
-- index: scheduled_meetings_cancelled, scheduled_meetings_chain
-- returns: whether it is the total, key, cancelled
WITH cancelled AS (
  SELECT {{metric_key | group: $4 | at: m.cancelled_at | zone: $5}} AS key
    FROM scheduled_meetings m
   WHERE m.cancelled_at >= $1::timestamptz AND m.cancelled_at < $2::timestamptz AND m.status = 'cancelled'
     AND {{metric_scope | host: $3}}
     AND (m.request_outcome IS NULL OR m.request_outcome NOT IN ('declined', 'expired', 'unverified')
          OR {{was_booked | meeting: m}})
)
SELECT grouping(key) = 1, COALESCE(key, ''), count(*)
  FROM cancelled
 GROUP BY GROUPING SETS ((), (key))
 ORDER BY 1, 2
