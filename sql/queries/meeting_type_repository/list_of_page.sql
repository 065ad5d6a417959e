-- why: the cards of a public page
-- index: meeting_types_page
-- returns: type columns and the page's owner, active ones only, in display order
SELECT {{columns meeting_types t}}, p.user_id
  FROM meeting_types t
  JOIN scheduling_pages p ON p.id = t.scheduling_page_id
 WHERE t.scheduling_page_id = $1 AND t.archived_at IS NULL AND t.is_active
 ORDER BY t.display_order, t.id
 LIMIT 200
