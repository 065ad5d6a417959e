-- why: the receiver could not be reached, so the message did not leave; whoever claimed it since notes that alone
-- index: outbox_pkey
-- returns: nothing
UPDATE outbox SET may_have_left_at = NULL
 WHERE id = (SELECT id FROM outbox WHERE id = $1 AND status = 'waiting' FOR UPDATE SKIP LOCKED)
