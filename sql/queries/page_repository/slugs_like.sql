-- why: a slug derived from a name gets the first free number behind it
-- index: scheduling_pages_slug
-- returns: slug; those that begin with the prefix and that $2 cannot have: of living pages, and what is still others'
SELECT slug
  FROM scheduling_pages
 WHERE archived_at IS NULL AND starts_with(slug, $1)
UNION
SELECT reserved.slug
  FROM ({{reserved_slugs | since: $3::timestamptz}}) AS reserved
 WHERE starts_with(reserved.slug, $1) AND reserved.user_id <> $2
 ORDER BY slug
 LIMIT 1000
