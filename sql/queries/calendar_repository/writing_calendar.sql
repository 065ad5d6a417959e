-- why: where meetings of a host are written
-- index: connected_calendars_writer
-- returns: connection, provider's calendar id, who invites, which provider; no row when nowhere
SELECT c.id, l.provider_calendar_id, c.invites, c.provider
  FROM connected_calendars l JOIN calendar_connections c ON c.id = l.calendar_connection_id
 WHERE l.user_id = $1 AND l.writes_meetings
