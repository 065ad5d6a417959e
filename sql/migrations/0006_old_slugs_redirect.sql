-- Why: a link in somebody's mail signature outlives a rename. The newest holder of a former slug wins;
-- a living page or type with that slug wins over all of them.
CREATE TABLE former_page_slugs (
    slug VARCHAR(100) PRIMARY KEY,
    scheduling_page_id INTEGER NOT NULL REFERENCES scheduling_pages(id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE former_type_slugs (
    scheduling_page_id INTEGER NOT NULL REFERENCES scheduling_pages(id) ON DELETE CASCADE,
    slug VARCHAR(100) NOT NULL,
    meeting_type_id INTEGER NOT NULL REFERENCES meeting_types(id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (scheduling_page_id, slug)
);
