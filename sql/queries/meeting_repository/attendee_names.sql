-- why: meetings known by their ids are shown with the person who comes
-- index: scheduled_meetings_pkey
-- returns: meeting id, attendee's name
SELECT id, attendee_name
  FROM scheduled_meetings
 WHERE id = ANY ($1::integer[])
