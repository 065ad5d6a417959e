-- why: two editors of one page take turns, so that a partial PUT never loses the other's fields
-- index: scheduling_pages_pkey
-- returns: page columns, or no row
SELECT id, user_id, slug, name, description, is_active, timezone, branding, assignment, created_at, updated_at
  FROM scheduling_pages
 WHERE id = $1 AND archived_at IS NULL
   FOR UPDATE
