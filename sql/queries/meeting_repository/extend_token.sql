-- why: the link of a chain lives some days beyond its newest meeting
-- index: manage_tokens_pkey
-- returns: nothing
UPDATE manage_tokens SET expires_at = $2
 WHERE chain_id = $1
