-- why: one reader of a connection at a time, on whichever instance, whatever clocks do; ends with the transaction. The
--      provider is asked meanwhile
-- index: none
-- returns: nothing of interest
SELECT set_config('idle_in_transaction_session_timeout', '900s', true), pg_advisory_xact_lock(53001, $1)
