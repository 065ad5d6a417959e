-- Why: moving a meeting makes a new row linked to the old one. A chain keeps one iCalendar UID with a
-- rising SEQUENCE, and one manage link that leads to its newest meeting. `chain_id` is the id of the
-- chain's first meeting; it is set with the row, so it needs no foreign key to itself.
ALTER TABLE scheduled_meetings
  ADD COLUMN rescheduled_from_id INTEGER UNIQUE REFERENCES scheduled_meetings(id),
  ADD COLUMN chain_id INTEGER NOT NULL,
  ADD COLUMN ical_uid VARCHAR(255) NOT NULL,
  ADD COLUMN ical_sequence INTEGER NOT NULL DEFAULT 0;
