-- why: a rep's own meeting types and those of their teams, of all pages or of one
-- index: scheduling_pages_owner, page_members_user, meeting_types_page
-- returns: type columns and the page's owner, by page, display order, id
SELECT {{columns meeting_types t}}, p.user_id
  FROM meeting_types t
  JOIN scheduling_pages p ON p.id = t.scheduling_page_id
 WHERE (p.user_id = $1 OR p.id IN (SELECT served.scheduling_page_id FROM page_members served WHERE served.user_id = $1))
   AND p.archived_at IS NULL AND t.archived_at IS NULL
   AND ($2::integer IS NULL OR t.scheduling_page_id = $2)
   AND (t.scheduling_page_id, t.display_order, t.id) > ($3::integer, $4::integer, $5::integer)
 ORDER BY t.scheduling_page_id, t.display_order, t.id
 LIMIT $6
