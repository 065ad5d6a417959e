-- why: as lock_sync, for whoever can do other work meanwhile
-- index: none
-- returns: whether we have it
SELECT set_config('idle_in_transaction_session_timeout', '900s', true), pg_try_advisory_xact_lock(53001, $1)
