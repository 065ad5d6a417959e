-- why: committed before the hand-over, so that a crash after it leaves a trace
-- index: outbox_pkey
-- returns: nothing
UPDATE outbox SET may_have_left_at = $2::timestamptz WHERE id = $1
