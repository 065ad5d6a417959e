-- why: one living meeting type of a living page, and whose it is
-- index: meeting_types_pkey
-- returns: type columns and the page's owner, or no row
SELECT {{columns meeting_types t}}, p.user_id
  FROM meeting_types t
  JOIN scheduling_pages p ON p.id = t.scheduling_page_id
 WHERE t.id = $1 AND t.archived_at IS NULL AND p.archived_at IS NULL
