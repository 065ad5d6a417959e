-- Why: a link in somebody's signature must not suddenly lead to somebody else. A page's former slug, and that of an
-- archived page, stays its owner's for a year; an administrator may release it before that.
ALTER TABLE scheduling_pages ADD COLUMN slug_released_at TIMESTAMPTZ;
CREATE INDEX scheduling_pages_archived_slug ON scheduling_pages (slug) WHERE archived_at IS NOT NULL;
