-- why: the old half of a move leads to the meeting that stands in its place now, however often it was moved since
-- index: scheduled_meetings_pkey, scheduled_meetings_chain
-- returns: id of the old meeting, id and host of the newest of its chain
SELECT DISTINCT ON (old.id) old.id, newest.id, newest.host_user_id
  FROM scheduled_meetings old
  JOIN scheduled_meetings newest ON newest.chain_id = old.chain_id AND newest.id > old.id
 WHERE old.id = ANY ($1::integer[])
 ORDER BY old.id, newest.id DESC
