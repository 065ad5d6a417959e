-- why: a new page; a slug that is taken inserts nothing instead of failing the transaction
-- index: scheduling_pages_slug
-- returns: page columns, or no row when the slug is taken
INSERT INTO scheduling_pages (user_id, slug, name, description, is_active, timezone, branding, assignment,
                              created_at, updated_at, privacy_text, privacy_url, embed_origins,
                              owner_bookings_count, show_hosts)
VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $9, $10, $11, $12::jsonb, $13::boolean, $14::boolean)
ON CONFLICT (slug) WHERE archived_at IS NULL DO NOTHING
RETURNING {{columns scheduling_pages}}
