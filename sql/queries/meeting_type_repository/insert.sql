-- why: a new type; a slug that is taken within the page inserts nothing
-- index: meeting_types_slug
-- returns: id, or no row when the slug is taken
INSERT INTO meeting_types (scheduling_page_id, name, slug, duration_minutes, description, location_type,
                           location_details, color, is_active, questions, settings, display_order)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::jsonb, $12)
ON CONFLICT (scheduling_page_id, slug) WHERE archived_at IS NULL DO NOTHING
RETURNING id
