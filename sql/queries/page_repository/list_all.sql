-- why: an admin sees the pages of everybody
-- index: scheduling_pages_pkey
-- returns: page columns, by id
SELECT id, user_id, slug, name, description, is_active, timezone, branding, assignment, created_at, updated_at
  FROM scheduling_pages
 WHERE archived_at IS NULL AND id > $1
 ORDER BY id
 LIMIT $2
