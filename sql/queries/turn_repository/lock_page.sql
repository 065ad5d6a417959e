-- why: bookings of one team wait for each other, because each decides on what the one before wrote
-- index: none
-- returns: one empty column; the lock ends with the transaction
SELECT pg_advisory_xact_lock($1, $2)
