-- why: somebody says that a calendar changed
-- index: calendar_push_channel_id_key, connected_calendars_pkey, calendar_connections_pkey
-- returns: as of_connection, or no row
SELECT p.connected_calendar_id, p.channel_id, p.secret_hash, p.resource_id, p.expires_at
  FROM calendar_push p
  JOIN connected_calendars l ON l.id = p.connected_calendar_id
  JOIN calendar_connections c ON c.id = l.calendar_connection_id
 WHERE p.channel_id = $1 AND c.provider = $2
