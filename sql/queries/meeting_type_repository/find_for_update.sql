-- why: two editors of one type take turns, so that a partial PUT never loses the other's fields
-- index: meeting_types_pkey
-- returns: type columns and the page's owner, or no row
SELECT t.id, t.scheduling_page_id, t.name, t.slug, t.duration_minutes, t.description, t.location_type, t.location_details, t.color, t.is_active, t.questions, t.settings, t.display_order, p.user_id
  FROM meeting_types t
  JOIN scheduling_pages p ON p.id = t.scheduling_page_id
 WHERE t.id = $1 AND t.archived_at IS NULL AND p.archived_at IS NULL
   FOR UPDATE OF t
