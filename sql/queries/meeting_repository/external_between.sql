-- why: external calendar events that block (B-9); the sync job keeps only such
-- index: external_busy_user
-- returns: start, end
SELECT start_time, end_time
  FROM external_busy
 WHERE user_id = $1 AND start_time < $3 AND end_time > $2
 ORDER BY start_time
