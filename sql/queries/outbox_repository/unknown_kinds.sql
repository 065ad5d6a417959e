-- why: rows that a newer version of the module wrote and this one must leave alone, for administrators
-- index: outbox_waiting
-- returns: kind, how many wait, since when; by kind
SELECT kind, count(*), min(created_at)
  FROM outbox
 WHERE status = 'waiting' AND kind <> ALL ($1::varchar[])
 GROUP BY kind
 ORDER BY kind
 LIMIT 50
