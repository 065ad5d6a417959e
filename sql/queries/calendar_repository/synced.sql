-- why: how the last reading ended, and when the next one is due
-- index: calendar_connections_pkey
-- returns: nothing
UPDATE calendar_connections
   SET last_sync_at = CASE WHEN $2::varchar IS NULL THEN $4::timestamptz ELSE last_sync_at END,
       failures = CASE WHEN $2::varchar IS NULL THEN 0 ELSE failures + 1 END,
       last_error_code = $2, last_error_message = $3,
       last_error_at = CASE WHEN $2::varchar IS NULL THEN NULL ELSE $4::timestamptz END,
       next_sync_at = $5, updated_at = $4::timestamptz
 WHERE id = $1 AND is_active
