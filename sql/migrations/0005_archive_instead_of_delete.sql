-- Why: meetings are never deleted, and they point at their type and page. Deleting either archives it:
-- its links answer 404, its meetings stay, its slug is free again. The spec's UNIQUE on the slug
-- therefore becomes one over the living pages, and types get the same within their page.
ALTER TABLE scheduling_pages ADD COLUMN archived_at TIMESTAMPTZ;
ALTER TABLE meeting_types ADD COLUMN archived_at TIMESTAMPTZ;
ALTER TABLE scheduling_pages DROP CONSTRAINT scheduling_pages_slug_key;
CREATE UNIQUE INDEX scheduling_pages_slug ON scheduling_pages (slug) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX meeting_types_slug ON meeting_types (scheduling_page_id, slug) WHERE archived_at IS NULL;
