-- why: a rep's own pages and those of their teams, a screenful at a time
-- index: scheduling_pages_owner, page_members_user
-- returns: page columns, by id; one row more than asked tells that there are more
SELECT {{columns scheduling_pages}}
  FROM scheduling_pages
 WHERE (user_id = $1 OR id IN (SELECT served.scheduling_page_id FROM page_members served WHERE served.user_id = $1))
   AND archived_at IS NULL AND id > $2
 ORDER BY id
 LIMIT $3
