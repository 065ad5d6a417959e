-- why: what an administrator's health card says: accounts that are broken, fail, or were not read since $2
-- index: none: all connections are looked at, once in half a minute
-- returns: how many accounts there are, how many of them are troubled; and of at most $1 of those, broken ones first,
--          user_id, provider, account, is_active, when they were read last, the error's code, message and time; NULLs
--          when there is none
SELECT counted.all_of_them, counted.troubled, first.user_id, first.provider, first.account, first.is_active,
       first.last_sync_at, first.last_error_code, first.last_error_message, first.last_error_at
  FROM (SELECT count(*) AS all_of_them,
               count(*) FILTER (WHERE NOT is_active OR last_error_code IS NOT NULL
                                OR COALESCE(last_sync_at, created_at) < $2::timestamptz) AS troubled
          FROM calendar_connections WHERE account <> '') AS counted
  LEFT JOIN LATERAL (SELECT c.user_id, c.provider, c.account, c.is_active, c.last_sync_at, c.last_error_code,
                            c.last_error_message, c.last_error_at
                       FROM calendar_connections c
                      WHERE c.account <> '' AND (NOT c.is_active OR c.last_error_code IS NOT NULL
                                                 OR COALESCE(c.last_sync_at, c.created_at) < $2::timestamptz)
                      ORDER BY c.is_active, COALESCE(c.last_sync_at, c.created_at), c.id LIMIT $1) AS first ON true
