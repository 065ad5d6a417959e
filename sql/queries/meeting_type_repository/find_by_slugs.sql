-- why: page and type of a public link in one round trip (the page is posted beside it)
-- index: scheduling_pages_slug, former_page_slugs_pkey, meeting_types_slug, former_type_slugs_pkey
-- returns: type columns and the page's owner, or no row
WITH page AS MATERIALIZED (
  SELECT p.id, p.user_id
    FROM scheduling_pages p
   WHERE p.archived_at IS NULL
     AND p.id = COALESCE((SELECT living.id FROM scheduling_pages living
                           WHERE living.slug = $1 AND living.archived_at IS NULL),
                         (SELECT former.scheduling_page_id FROM former_page_slugs former WHERE former.slug = $1))
)
SELECT {{columns meeting_types t}}, page.user_id
  FROM page
  JOIN meeting_types t ON t.scheduling_page_id = page.id
 WHERE t.archived_at IS NULL
   AND t.id = COALESCE((SELECT living.id FROM meeting_types living
                         WHERE living.scheduling_page_id = page.id AND living.slug = $2
                           AND living.archived_at IS NULL),
                       (SELECT former.meeting_type_id FROM former_type_slugs former
                         WHERE former.scheduling_page_id = page.id AND former.slug = $2))
