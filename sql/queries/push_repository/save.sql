-- why: one channel for each calendar
-- index: calendar_push_pkey
-- returns: nothing
INSERT INTO calendar_push (connected_calendar_id, channel_id, secret_hash, resource_id, expires_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (connected_calendar_id) DO UPDATE
   SET channel_id = excluded.channel_id, secret_hash = excluded.secret_hash, resource_id = excluded.resource_id,
       expires_at = excluded.expires_at
