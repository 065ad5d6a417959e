-- why: what ended long enough ago forgets its attendee
-- index: scheduled_meetings_start, scheduled_meetings_chain
-- returns: chain, those that ended first
SELECT m.chain_id
  FROM scheduled_meetings m
 WHERE m.erased_at IS NULL AND m.start_time < $1::timestamptz AND m.end_time <= $1::timestamptz
   AND m.status NOT IN ('scheduled', 'pending', 'rescheduled')
   AND NOT EXISTS (SELECT FROM scheduled_meetings later
                    WHERE later.chain_id = m.chain_id AND later.end_time > $1::timestamptz)
 ORDER BY m.start_time
 LIMIT $2
