-- why: a disconnected account is forgotten, its busy times with it; what was written stays the user's, and is written no more
-- index: calendar_connections_pkey, meeting_calendar_events_event
-- returns: nothing
WITH events AS (
  DELETE FROM meeting_calendar_events WHERE calendar_connection_id = $1
)
DELETE FROM calendar_connections WHERE id = $1
