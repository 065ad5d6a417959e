-- why: a refreshed token; most providers keep the refresh token, some give another
-- index: calendar_connections_pkey
-- returns: nothing
UPDATE calendar_connections
   SET access_token = $2, refresh_token = COALESCE($3, refresh_token), token_expires_at = $4, updated_at = $5
 WHERE id = $1
