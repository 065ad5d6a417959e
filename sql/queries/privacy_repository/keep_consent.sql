-- why: what an attendee agreed to, in the words of that moment
-- index: meeting_consents_pkey
-- returns: nothing
INSERT INTO meeting_consents (chain_id, text, given_at) VALUES ($1, $2, $3::timestamptz) ON CONFLICT DO NOTHING
