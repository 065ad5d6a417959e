-- why: what belongs to the connections that list() gives
-- index: connected_calendars_calendar_connection_id_provider_calenda_key
-- returns: by connection, the primary first, then by name
SELECT l.calendar_connection_id, l.id, l.provider_calendar_id, l.name, l.timezone, l.is_primary, l.can_write,
       l.checks_conflicts, l.writes_meetings, l.sync_token, l.horizon_end
  FROM connected_calendars l JOIN calendar_connections c ON c.id = l.calendar_connection_id
 WHERE ($1::integer IS NULL OR c.user_id = $1) AND ($2::integer IS NULL OR c.id = $2)
 ORDER BY l.calendar_connection_id, NOT l.is_primary, l.name, l.id
