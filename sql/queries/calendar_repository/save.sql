-- why: a new connection, or one that was connected again and so is whole again
-- index: calendar_connections_pkey
-- returns: nothing
INSERT INTO calendar_connections (id, user_id, provider, account, access_token, refresh_token, token_expires_at,
                                  next_sync_at, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz, $8::timestamptz, $8::timestamptz)
ON CONFLICT (id) DO UPDATE
   SET access_token = excluded.access_token,
       refresh_token = COALESCE(excluded.refresh_token, calendar_connections.refresh_token),
       token_expires_at = excluded.token_expires_at, is_active = true, last_error_code = NULL,
       last_error_message = NULL, last_error_at = NULL, failures = 0, next_sync_at = excluded.next_sync_at,
       updated_at = excluded.updated_at
