-- why: the host of the next meeting wants to know whether this contact came to the earlier ones
-- index: scheduled_meetings_contact
-- returns: how many it missed
SELECT count(*) FROM scheduled_meetings WHERE contact_id = $1 AND status = 'no_show' AND start_time < $2::timestamptz
