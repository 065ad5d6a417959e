-- why: reminders and repeated answers write the link again
-- index: manage_tokens_pkey
-- returns: sealed token, expires_at; or no row
SELECT token_sealed, expires_at
  FROM manage_tokens
 WHERE chain_id = $1
