-- why: a mail server may be slow, and a transaction that waits for it holds one outbox row that nobody else waits for
-- index: none
-- returns: nothing of interest; holds for this transaction
SELECT set_config('idle_in_transaction_session_timeout', $1, true)
