-- why: a renamed type is still found under its former slug within its page
-- index: former_type_slugs_pkey
-- returns: nothing
INSERT INTO former_type_slugs (scheduling_page_id, slug, meeting_type_id, created_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (scheduling_page_id, slug)
DO UPDATE SET meeting_type_id = excluded.meeting_type_id, created_at = excluded.created_at
