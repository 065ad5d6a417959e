-- why: whoever books on, moves to or changes the rules of a host waits for the other; ascending ids cannot deadlock
-- index: none
-- returns: one empty column per host; the locks end with the transaction
SELECT pg_advisory_xact_lock($1, host.user_id)
  FROM (SELECT user_id FROM unnest($2::integer[]) AS ids(user_id) GROUP BY user_id ORDER BY user_id) AS host
