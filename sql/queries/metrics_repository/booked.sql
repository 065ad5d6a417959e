-- why: first bookings by when they were made, cancelled ones too; a request once its host said yes
-- index: scheduled_meetings_created, scheduled_meetings_chain
-- returns: whether it is the total, key, bookings
WITH booked AS (
  SELECT {{metric_key | group: $4 | at: m.created_at | zone: $5}} AS key
    FROM scheduled_meetings m
   WHERE m.created_at >= $1::timestamptz AND m.created_at < $2::timestamptz AND m.id = m.chain_id
     AND {{metric_scope | host: $3}}
     AND {{was_booked | meeting: m}}
)
SELECT grouping(key) = 1, COALESCE(key, ''), count(*)
  FROM booked
 GROUP BY GROUPING SETS ((), (key))
 ORDER BY 1, 2
