-- why: a renamed page is still found under its former slug; the newest holder wins
-- index: former_page_slugs_pkey
-- returns: nothing
INSERT INTO former_page_slugs (slug, scheduling_page_id, created_at)
VALUES ($1, $2, $3)
ON CONFLICT (slug) DO UPDATE SET scheduling_page_id = excluded.scheduling_page_id, created_at = excluded.created_at
