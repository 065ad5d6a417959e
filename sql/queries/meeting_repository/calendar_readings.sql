-- why: how well what blocks a host is known decides about free times (B-9)
-- index: calendar_connections_user, connected_calendars_calendar_connection_id_provider_calenda_key
-- returns: user_id, whether a connection that is to block is broken or was never read, when the one that waits longest
--          was read; no row for who has none
SELECT c.user_id, bool_or(NOT c.is_active OR c.last_sync_at IS NULL), min(c.last_sync_at)
  FROM calendar_connections c
 WHERE c.user_id = ANY ($1::integer[])
   AND EXISTS (SELECT FROM connected_calendars l WHERE l.calendar_connection_id = c.id AND l.checks_conflicts)
 GROUP BY c.user_id
