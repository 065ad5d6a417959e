-- Why: each page says in its owner's words what becomes of the details that attendees leave, and links to the notice.
ALTER TABLE scheduling_pages
  ADD COLUMN privacy_text TEXT,
  ADD COLUMN privacy_url TEXT;
