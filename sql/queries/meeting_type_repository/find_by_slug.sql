-- why: the public link of a type; a former slug leads to its type, a living slug wins over it
-- index: meeting_types_slug, former_type_slugs_pkey
-- returns: type columns and the page's owner, or no row; the caller compares the slug
SELECT t.id, t.scheduling_page_id, t.name, t.slug, t.duration_minutes, t.description, t.location_type, t.location_details, t.color, t.is_active, t.questions, t.settings, t.display_order, p.user_id
  FROM meeting_types t
  JOIN scheduling_pages p ON p.id = t.scheduling_page_id
 WHERE t.archived_at IS NULL
   AND t.id = COALESCE((SELECT living.id FROM meeting_types living
                         WHERE living.scheduling_page_id = $1 AND living.slug = $2 AND living.archived_at IS NULL),
                       (SELECT former.meeting_type_id FROM former_type_slugs former
                         WHERE former.scheduling_page_id = $1 AND former.slug = $2))
