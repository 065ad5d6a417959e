-- why: writes a merged type back; the unique index refuses a slug that is taken
-- index: meeting_types_pkey
-- returns: id
UPDATE meeting_types
   SET name = $2, slug = $3, duration_minutes = $4, description = $5, location_type = $6, location_details = $7,
       color = $8, is_active = $9, questions = $10::jsonb, settings = $11::jsonb, display_order = $12
 WHERE id = $1 AND archived_at IS NULL
RETURNING id
