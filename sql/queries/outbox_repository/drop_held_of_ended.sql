-- why: a first mail that nobody released before its meeting was over or off is wanted no more, and neither is what
--      waits behind it: who never heard of a meeting hears nothing of its end
-- index: outbox_held, outbox_effect, scheduled_meetings_chain
-- returns: ids of the dropped rows
WITH ended AS (
  SELECT held.id, held.recipient, m.chain_id
    FROM outbox held JOIN scheduled_meetings m ON m.id = held.meeting_id
   WHERE held.status = 'held'
     AND NOT EXISTS (SELECT FROM scheduled_meetings newer
                      WHERE newer.chain_id = m.chain_id AND newer.status IN ('scheduled', 'pending')
                        AND newer.end_time > $1::timestamptz)
   LIMIT 1000
)
UPDATE outbox o
   SET status = 'dropped', done_at = $1::timestamptz, last_error = 'the first mail was held until the meeting was over'
  FROM ended
  JOIN scheduled_meetings chained ON chained.chain_id = ended.chain_id
 WHERE o.meeting_id = chained.id
   AND (o.id = ended.id
        OR (o.status = 'waiting' AND o.id > ended.id AND o.recipient IS NOT DISTINCT FROM ended.recipient))
RETURNING o.id
