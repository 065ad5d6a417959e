-- Why: when a user leaves the CRM their meetings stay, and somebody has to take those that are ahead. Who left is the
-- CRM's to know; a hook notes it here, and forgets it when they come back. Their pages come back too, but only those that
-- closed because they left.
CREATE TABLE absent_hosts (
    user_id INTEGER PRIMARY KEY REFERENCES users(id) ON DELETE CASCADE,
    left_at TIMESTAMPTZ NOT NULL
);
ALTER TABLE scheduling_pages ADD COLUMN closed_at_leaving BOOLEAN NOT NULL DEFAULT false;
