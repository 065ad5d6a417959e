-- why: the calendar connection rate counts those who are met on active pages, their owners and their members
-- index: scheduling_pages_owner, page_members_pkey, calendar_connections_user
-- returns: key of the group, user, whether a calendar is connected; each once
WITH met AS (
  SELECT p.id AS page_id, p.user_id
    FROM scheduling_pages p
   WHERE p.is_active AND p.archived_at IS NULL
   UNION
  SELECT p.id, member.user_id
    FROM page_members member JOIN scheduling_pages p ON p.id = member.scheduling_page_id
   WHERE p.is_active AND p.archived_at IS NULL AND member.is_active
)
SELECT DISTINCT COALESCE(CASE $1::text WHEN 'page' THEN met.page_id::text WHEN 'host' THEN met.user_id::text
                                       WHEN 'meeting_type' THEN t.id::text END, '') AS key,
       met.user_id,
       EXISTS (SELECT FROM calendar_connections c
                WHERE c.user_id = met.user_id AND c.is_active AND c.provider <> 'zoom')
  FROM met
  LEFT JOIN meeting_types t ON $1::text = 'meeting_type' AND t.scheduling_page_id = met.page_id
 WHERE $2::integer IS NULL OR met.user_id = $2
 ORDER BY 1, 2
