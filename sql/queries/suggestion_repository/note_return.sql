-- why: whoever is back takes turns and hosts their meetings again
-- index: absent_hosts_pkey
-- returns: nothing
DELETE FROM absent_hosts WHERE user_id = $1
