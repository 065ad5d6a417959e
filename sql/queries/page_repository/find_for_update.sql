-- why: two editors of one page take turns, so that a partial PUT never loses the other's fields
-- index: scheduling_pages_pkey
-- returns: page columns, or no row
SELECT {{columns scheduling_pages}}
  FROM scheduling_pages
 WHERE id = $1 AND archived_at IS NULL
   FOR UPDATE
