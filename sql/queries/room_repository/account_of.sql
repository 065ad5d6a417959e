-- why: where each user connects, a host's rooms are made in their own account
-- index: calendar_connections_user
-- returns: the newest connection of that provider which is whole, or no row
SELECT id FROM calendar_connections WHERE user_id = $1 AND provider = $2 AND is_active ORDER BY id DESC LIMIT 1
