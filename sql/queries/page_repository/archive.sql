-- why: deleting keeps the meetings: page and types are archived together, their slugs are free again
-- index: scheduling_pages_pkey, meeting_types_page
-- returns: id of the archived page, or no row
WITH page AS (
  UPDATE scheduling_pages SET archived_at = $2, updated_at = $2
   WHERE id = $1 AND archived_at IS NULL
  RETURNING id
), types AS (
  UPDATE meeting_types t SET archived_at = $2
    FROM page
   WHERE t.scheduling_page_id = page.id AND t.archived_at IS NULL
)
SELECT id FROM page
