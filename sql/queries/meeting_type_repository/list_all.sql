-- why: an admin sees the meeting types of everybody
-- index: meeting_types_page
-- returns: type columns and the page's owner, by page, display order, id
SELECT t.id, t.scheduling_page_id, t.name, t.slug, t.duration_minutes, t.description, t.location_type, t.location_details, t.color, t.is_active, t.questions, t.settings, t.display_order, p.user_id
  FROM meeting_types t
  JOIN scheduling_pages p ON p.id = t.scheduling_page_id
 WHERE p.archived_at IS NULL AND t.archived_at IS NULL
   AND ($1::integer IS NULL OR t.scheduling_page_id = $1)
   AND (t.scheduling_page_id, t.display_order, t.id) > ($2::integer, $3::integer, $4::integer)
 ORDER BY t.scheduling_page_id, t.display_order, t.id
 LIMIT $5
