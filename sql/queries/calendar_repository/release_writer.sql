-- why: one calendar of a user writes; the choice of another takes it away from this one
-- index: connected_calendars_writer
-- returns: nothing
UPDATE connected_calendars SET writes_meetings = false WHERE user_id = $1 AND writes_meetings
