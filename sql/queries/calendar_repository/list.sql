-- why: the connections of a user, or one of them
-- index: calendar_connections_user, calendar_connections_pkey, external_busy_connection
-- returns: by id: id, user_id, provider, account, is_active, error code, message, at, last and next sync, failures,
--          events that block, who invites, whether the provider tells of changes
SELECT c.id, c.user_id, c.provider, c.account, c.is_active, c.last_error_code, c.last_error_message, c.last_error_at,
       c.last_sync_at, c.next_sync_at, c.failures,
       (SELECT count(*) FROM external_busy b WHERE b.calendar_connection_id = c.id), c.invites,
       EXISTS (SELECT FROM calendar_push p JOIN connected_calendars l ON l.id = p.connected_calendar_id
                WHERE l.calendar_connection_id = c.id)
  FROM calendar_connections c
 WHERE ($1::integer IS NULL OR c.user_id = $1) AND ($2::integer IS NULL OR c.id = $2) AND c.account <> ''
 ORDER BY c.id
