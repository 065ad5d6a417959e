-- why: a repeated booking request is answered with the meeting it made (B-7)
-- index: booking_keys_pkey, scheduled_meetings_chain, manage_tokens_pkey
-- returns: meeting columns of the chain's newest, the body's hash, the sealed token; or no row
SELECT {{columns scheduled_meetings m}}, b.body_hash, k.token_sealed
  FROM booking_keys b
  JOIN LATERAL (SELECT newest.id FROM scheduled_meetings newest
                 WHERE newest.chain_id = b.chain_id ORDER BY newest.id DESC LIMIT 1) AS last ON true
  JOIN scheduled_meetings m ON m.id = last.id
  LEFT JOIN manage_tokens k ON k.chain_id = b.chain_id
 WHERE b.meeting_type_id = $1 AND b.idempotency_key = $2
