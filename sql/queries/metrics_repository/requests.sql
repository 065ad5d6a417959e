-- why: what hosts were asked to confirm, by when it was asked, and what became of it, also after it was moved
-- index: scheduled_meetings_created, scheduled_meetings_chain
-- returns: whether it is the total, key, made, confirmed, declined, expired
WITH asked AS (
  SELECT {{metric_key | group: $4 | at: m.created_at | zone: $5}} AS key,
         {{was_booked | meeting: m}} AS is_confirmed,
         (SELECT later.request_outcome FROM scheduled_meetings later
           WHERE later.chain_id = m.chain_id ORDER BY later.id DESC LIMIT 1) AS newest
    FROM scheduled_meetings m
   WHERE m.created_at >= $1::timestamptz AND m.created_at < $2::timestamptz AND m.id = m.chain_id
     AND ((m.status = 'pending' AND NOT m.awaits_verification) OR m.request_outcome <> 'unverified')
     AND {{metric_scope | host: $3}}
)
SELECT grouping(key) = 1, COALESCE(key, ''), count(*), count(*) FILTER (WHERE is_confirmed),
       count(*) FILTER (WHERE NOT is_confirmed AND newest = 'declined'),
       count(*) FILTER (WHERE NOT is_confirmed AND newest = 'expired')
  FROM asked
 GROUP BY GROUPING SETS ((), (key))
 ORDER BY 1, 2
