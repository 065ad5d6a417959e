-- why: the public link; a former slug leads to its page, a living slug wins over it
-- index: scheduling_pages_slug, former_page_slugs_pkey, host_versions_pkey, page_members_pkey
-- returns: page columns, the owner's page_version and the database in which it counts, as of the same moment, or no row; the caller compares the slug to see whether to redirect
SELECT {{columns scheduling_pages p}},
       COALESCE((SELECT v.page_version FROM host_versions v WHERE v.user_id = p.user_id), 0), database_epoch()
  FROM scheduling_pages p
 WHERE p.archived_at IS NULL
   AND p.id = COALESCE((SELECT living.id FROM scheduling_pages living
                         WHERE living.slug = $1 AND living.archived_at IS NULL),
                       (SELECT former.scheduling_page_id FROM former_page_slugs former WHERE former.slug = $1))
