-- why: a manage link leads to the newest meeting of its chain, however old the mail (B-8)
-- index: manage_tokens_token_hash_key, scheduled_meetings_chain
-- returns: meeting columns and when the link expires, or no row
SELECT {{columns scheduled_meetings m}}, k.expires_at
  FROM manage_tokens k
  JOIN LATERAL (SELECT newest.id FROM scheduled_meetings newest
                 WHERE newest.chain_id = k.chain_id ORDER BY newest.id DESC LIMIT 1) AS last ON true
  JOIN scheduled_meetings m ON m.id = last.id
 WHERE k.token_hash = $1
