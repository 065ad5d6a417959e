-- why: who counts must not count with another in the same moment; ascending numbers cannot deadlock
-- index: none
-- returns: one empty column per key; the locks end with the transaction
SELECT pg_advisory_xact_lock($1, use.number)
  FROM (SELECT DISTINCT hashtext(asked.key) AS number FROM unnest($2::text[]) AS asked(key) ORDER BY number) AS use
