-- why: a slug derived from a name gets the first free number behind it
-- index: meeting_types_slug
-- returns: slug; those of the page's living types that begin with the prefix
SELECT slug
  FROM meeting_types
 WHERE scheduling_page_id = $1 AND archived_at IS NULL AND starts_with(slug, $2)
 ORDER BY slug
 LIMIT 1000
