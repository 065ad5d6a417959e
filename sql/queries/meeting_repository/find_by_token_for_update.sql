-- why: cancel and move by link: the chain's token row is locked, so that two clicks take turns
-- index: manage_tokens_token_hash_key
-- returns: chain_id and when the link expires, or no row
SELECT k.chain_id, k.expires_at
  FROM manage_tokens k
 WHERE k.token_hash = $1
   FOR UPDATE
