-- why: many deletions at once are measured by what is ahead
-- index: meeting_hosts_user
-- returns: how many meetings of the host are ahead
SELECT count(*) FROM meeting_hosts WHERE user_id = $1 AND end_time > $2 AND is_live
