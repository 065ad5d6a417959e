-- why: a former slug is free to its owner alone for a year
-- index: former_page_slugs_pkey, scheduling_pages_archived_slug
-- returns: whether somebody other than $2 still has it
SELECT EXISTS (
  SELECT FROM ({{reserved_slugs | since: $3::timestamptz}}) AS reserved
   WHERE reserved.slug = $1 AND reserved.user_id <> $2)
