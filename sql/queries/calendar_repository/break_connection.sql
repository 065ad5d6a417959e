-- why: the provider says that the user's consent is gone; only the user can give it again, and is told once
-- index: calendar_connections_pkey, outbox_effect
-- returns: nothing
WITH broken AS (
  UPDATE calendar_connections
     SET is_active = false, last_error_code = $2, last_error_message = $3, last_error_at = $4::timestamptz,
         next_sync_at = NULL, updated_at = $4::timestamptz
   WHERE id = $1 AND is_active
  RETURNING id, user_id, account
)
INSERT INTO outbox (kind, effect_key, payload, available_at, created_at)
SELECT 'calendar_notice', concat_ws(':', 'calendar_broken', id, pg_current_xact_id()),
       jsonb_build_object('user_id', user_id::text, 'connection_id', id::text, 'account', account),
       $4::timestamptz, $4::timestamptz
  FROM broken
