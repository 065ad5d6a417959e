-- why: an admin sees the pages of everybody
-- index: scheduling_pages_pkey
-- returns: page columns, by id
SELECT {{columns scheduling_pages}}
  FROM scheduling_pages
 WHERE archived_at IS NULL AND id > $1
 ORDER BY id
 LIMIT $2
