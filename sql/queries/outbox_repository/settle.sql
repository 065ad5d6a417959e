-- why: how one try ended; also written before the message is handed over, so that only the commit is left after it
-- index: outbox_pkey
-- returns: nothing
UPDATE outbox
   SET status = $2::varchar, attempts = $3::integer, available_at = COALESCE($4::timestamptz, available_at),
       last_error = $5, done_at = CASE WHEN $2::varchar = 'waiting' THEN NULL ELSE $6::timestamptz END,
       may_have_left_at = CASE WHEN $7::boolean THEN NULL ELSE may_have_left_at END
 WHERE id = $1
