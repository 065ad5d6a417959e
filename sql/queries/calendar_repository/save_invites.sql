-- why: who invites attendees, we or the provider
-- index: calendar_connections_pkey
-- returns: nothing
UPDATE calendar_connections SET invites = $2, next_sync_at = $3::timestamptz, updated_at = $3::timestamptz WHERE id = $1
