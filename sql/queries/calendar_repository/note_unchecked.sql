-- why: booked while a calendar of its host could not be read; the host is told where they look at the meeting
-- index: unchecked_meetings_pkey
-- returns: nothing
INSERT INTO unchecked_meetings (meeting_id) VALUES ($1)
