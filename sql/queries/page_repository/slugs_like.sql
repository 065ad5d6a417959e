-- why: a slug derived from a name gets the first free number behind it
-- index: scheduling_pages_slug
-- returns: slug; those of living pages that begin with the prefix
SELECT slug
  FROM scheduling_pages
 WHERE archived_at IS NULL AND starts_with(slug, $1)
 ORDER BY slug
 LIMIT 1000
