-- why: external calendar events that block (B-9); the sync job keeps only such
-- index: external_busy_user
-- returns: user_id, id, start, end
SELECT user_id, id, start_time, end_time
  FROM external_busy
 WHERE user_id = ANY ($1::integer[]) AND start_time < $3 AND end_time > $2
 ORDER BY user_id, start_time
