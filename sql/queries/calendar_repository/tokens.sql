-- why: what opens the provider's door
-- index: calendar_connections_pkey
-- returns: provider, access token, refresh token (both sealed), expiry, whether it is whole; or no row
SELECT provider, access_token, refresh_token, token_expires_at, is_active
  FROM calendar_connections
 WHERE id = $1
