-- why: a meeting whose type was archived is still shown, moved and cancelled by its attendee
-- index: meeting_types_pkey
-- returns: type columns and the page's owner, or no row
SELECT {{columns meeting_types t}}, p.user_id
  FROM meeting_types t
  JOIN scheduling_pages p ON p.id = t.scheduling_page_id
 WHERE t.id = $1
