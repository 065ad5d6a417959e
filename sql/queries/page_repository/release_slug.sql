-- why: an administrator gives a slug free before its year is over; its old links then lead nowhere
-- index: former_page_slugs_pkey, scheduling_pages_archived_slug
-- returns: how many had it
WITH former AS (
  DELETE FROM former_page_slugs WHERE slug = $1 RETURNING slug
), archived AS (
  UPDATE scheduling_pages SET slug_released_at = $2
   WHERE slug = $1 AND archived_at IS NOT NULL AND slug_released_at IS NULL
  RETURNING slug
)
SELECT (SELECT count(*) FROM former) + (SELECT count(*) FROM archived)
