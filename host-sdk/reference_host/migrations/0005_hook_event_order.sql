-- Why: a module that was off hears what it missed. Events about one record or user are replayed in the order in
-- which they happened, so a stored event names them: one row, or two for a merge. Events stored before name none
-- and wait for nobody.
ALTER TABLE hook_events ADD COLUMN subject_ids BIGINT[] NOT NULL DEFAULT '{}';
CREATE INDEX hook_events_order ON hook_events (owner, subject, id);
