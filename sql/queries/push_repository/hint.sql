-- why: a provider's word is a hint: the connection is read soon. Who waits because readings failed goes on waiting
-- index: connected_calendars_pkey, calendar_connections_pkey
-- returns: nothing
UPDATE calendar_connections c
   SET next_sync_at = $2::timestamptz
  FROM connected_calendars l
 WHERE l.id = $1 AND c.id = l.calendar_connection_id AND c.is_active AND c.failures = 0
   AND c.next_sync_at > $2::timestamptz
