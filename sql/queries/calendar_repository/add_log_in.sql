-- why: what comes back from a provider is bound to whoever left for it; what nobody came back for goes
-- index: calendar_log_ins_user, calendar_log_ins_pkey
-- returns: nothing
WITH forgotten AS (
  DELETE FROM calendar_log_ins WHERE user_id = $2 AND expires_at <= $6::timestamptz
)
INSERT INTO calendar_log_ins (state_hash, user_id, provider, verifier, expires_at)
VALUES ($1, $2, $3, $4, $5)
