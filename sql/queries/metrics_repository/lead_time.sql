-- why: how long before it a meeting is booked: its first start less its first booking
-- index: scheduled_meetings_created, scheduled_meetings_chain
-- returns: whether it is the total, key, mean and median in hours
WITH booked AS (
  SELECT {{metric_key | group: $4 | at: m.created_at | zone: $5}} AS key,
         extract(epoch FROM m.start_time - m.created_at)::float8 / 3600 AS hours
    FROM scheduled_meetings m
   WHERE m.created_at >= $1::timestamptz AND m.created_at < $2::timestamptz AND m.id = m.chain_id
     AND {{metric_scope | host: $3}}
     AND {{was_booked | meeting: m}}
)
SELECT grouping(key) = 1, COALESCE(key, ''), avg(hours), percentile_cont(0.5) WITHIN GROUP (ORDER BY hours)
  FROM booked
 GROUP BY GROUPING SETS ((), (key))
 ORDER BY 1, 2
