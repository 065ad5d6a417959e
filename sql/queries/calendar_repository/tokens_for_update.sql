-- why: one refresher for each connection, on whichever instance; the others wait and take what it got
-- index: calendar_connections_pkey
-- returns: as tokens
SELECT provider, access_token, refresh_token, token_expires_at, is_active
  FROM calendar_connections
 WHERE id = $1
   FOR NO KEY UPDATE
