-- Why: a page may stand inside of other websites, and only inside of those that its owner names.
ALTER TABLE scheduling_pages
  ADD COLUMN embed_origins JSONB NOT NULL DEFAULT '[]';
