-- why: who left the CRM takes no turn, and their meetings wait for another host
-- index: absent_hosts_pkey
-- returns: nothing
INSERT INTO absent_hosts (user_id, left_at) VALUES ($1, $2::timestamptz) ON CONFLICT DO NOTHING
