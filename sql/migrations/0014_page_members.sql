-- Why: a team page has members; a personal page is served by its owner alone.
ALTER TABLE scheduling_pages
  ADD COLUMN assignment VARCHAR(20) NOT NULL DEFAULT 'personal'
    CHECK (assignment IN ('personal', 'round_robin', 'collective'));
CREATE TABLE page_members (
    scheduling_page_id INTEGER NOT NULL REFERENCES scheduling_pages(id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users(id),
    weight INTEGER NOT NULL DEFAULT 1 CHECK (weight > 0),
    priority INTEGER NOT NULL DEFAULT 0,
    is_active BOOLEAN NOT NULL DEFAULT true,
    PRIMARY KEY (scheduling_page_id, user_id)
);
