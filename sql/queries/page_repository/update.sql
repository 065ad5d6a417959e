-- why: writes a merged page back; the unique index refuses a slug that is taken
-- index: scheduling_pages_pkey
-- returns: page columns
UPDATE scheduling_pages
   SET slug = $2, name = $3, description = $4, is_active = $5, timezone = $6, branding = $7::jsonb,
       assignment = $8, updated_at = $9, privacy_text = $10, privacy_url = $11,
       embed_origins = $12::jsonb, owner_bookings_count = $13::boolean, show_hosts = $14::boolean
 WHERE id = $1 AND archived_at IS NULL
RETURNING {{columns scheduling_pages}}
