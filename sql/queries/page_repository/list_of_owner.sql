-- why: a rep's own pages, a screenful at a time
-- index: scheduling_pages_owner
-- returns: page columns, by id; one row more than asked tells that there are more
SELECT {{columns scheduling_pages}}
  FROM scheduling_pages
 WHERE user_id = $1 AND archived_at IS NULL AND id > $2
 ORDER BY id
 LIMIT $3
