-- why: channels of a connection are renewed before they end, and stopped with it
-- index: connected_calendars_calendar_connection_id_provider_calenda_key, calendar_push_pkey
-- returns: calendar, channel, digest of its secret, the provider's resource, when it ends
SELECT p.connected_calendar_id, p.channel_id, p.secret_hash, p.resource_id, p.expires_at
  FROM calendar_push p JOIN connected_calendars l ON l.id = p.connected_calendar_id
 WHERE l.calendar_connection_id = $1
