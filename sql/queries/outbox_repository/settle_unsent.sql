-- why: a message that could not even be handed over; whoever claimed it since decides about it alone
-- index: outbox_pkey
-- returns: nothing
UPDATE outbox
   SET status = $2::varchar, attempts = attempts + 1, available_at = COALESCE($3::timestamptz, available_at), last_error = $4,
       done_at = CASE WHEN $2::varchar = 'waiting' THEN NULL ELSE $5::timestamptz END,
       may_have_left_at = NULL
 WHERE id = (SELECT id FROM outbox WHERE id = $1 AND status = 'waiting' FOR UPDATE SKIP LOCKED)
