-- why: a suggestion about a meeting that was moved since is about what it was moved to
-- index: scheduled_meetings_pkey, scheduled_meetings_chain
-- returns: id of the newest of the meeting's chain
SELECT newest.id
  FROM scheduled_meetings m
  JOIN LATERAL (SELECT id FROM scheduled_meetings WHERE chain_id = m.chain_id ORDER BY id DESC LIMIT 1) newest ON true
 WHERE m.id = $1
