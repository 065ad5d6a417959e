-- why: what a host's calendar shall say of a chain of moves: its newest meeting, while that host holds it
-- index: scheduled_meetings_pkey, scheduled_meetings_chain, meeting_hosts_pkey
-- returns: id of the newest, whether the host is one of its hosts
SELECT newest.id, EXISTS (SELECT FROM meeting_hosts h WHERE h.meeting_id = newest.id AND h.user_id = $2)
  FROM scheduled_meetings m
  JOIN LATERAL (SELECT id FROM scheduled_meetings WHERE chain_id = m.chain_id ORDER BY id DESC LIMIT 1) newest ON true
 WHERE m.id = $1
