-- why: the next message was noted with the commit before; it is locked and marked in one step. Whoever else holds it has
--      it, and who settled it since or took the note back has decided about it
-- index: outbox_pkey
-- returns: id; no row when it is not ours to hand over
UPDATE outbox
   SET status = 'done', attempts = $2::integer + 1, last_error = NULL, done_at = $3::timestamptz
 WHERE id = (SELECT id FROM outbox
              WHERE id = $1 AND status = 'waiting' AND attempts = $2 AND may_have_left_at IS NOT NULL
                FOR UPDATE SKIP LOCKED)
RETURNING id
