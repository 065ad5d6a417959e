-- why: who connects an account again renews its connection
-- index: calendar_connections_account
-- returns: id, locked, or no row
SELECT id FROM calendar_connections
 WHERE user_id = $1 AND provider = $2 AND lower(account) = lower($3) AND account <> ''
   FOR NO KEY UPDATE
