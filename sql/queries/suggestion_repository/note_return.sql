-- why: whoever is back hosts their meetings themselves
-- index: absent_hosts_pkey
-- returns: nothing
DELETE FROM absent_hosts WHERE user_id = $1
