-- why: a state counts once, for its user, until it expires
-- index: calendar_log_ins_pkey
-- returns: the verifier, sealed; no row when the state is not to be trusted
DELETE FROM calendar_log_ins
 WHERE state_hash = $1 AND user_id = $2 AND provider = $3 AND expires_at > $4::timestamptz
RETURNING verifier
