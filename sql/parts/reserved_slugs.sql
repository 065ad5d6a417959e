-- why: slugs that a page had and that are still its owner's: of renamed pages, of archived ones
-- takes: since
--   since: what was given up before that instant is free again
SELECT former.slug, page.user_id, former.created_at AS given_up_at
  FROM former_page_slugs former JOIN scheduling_pages page ON page.id = former.scheduling_page_id
 WHERE former.created_at > {{since}}
UNION ALL
SELECT page.slug, page.user_id, page.archived_at
  FROM scheduling_pages page
 WHERE page.archived_at > {{since}} AND page.slug_released_at IS NULL
