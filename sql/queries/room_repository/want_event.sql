-- why: a room that is no event's belongs into the event of its host
-- index: meeting_hosts_pkey
-- returns: nothing
SELECT want_calendar_writes(array_agg(h.meeting_id), array_agg(h.user_id)) FROM meeting_hosts h WHERE h.meeting_id = $1
