-- Why: a booking wrote 37 index entries; these did not earn theirs.
-- An effect's key begins with its meeting, so one index finds both and keeps each effect single.
ALTER TABLE outbox
  DROP CONSTRAINT outbox_effect_key_key,
  ADD CONSTRAINT outbox_effect UNIQUE NULLS NOT DISTINCT (meeting_id, effect_key);
DROP INDEX outbox_meeting;
-- Few meetings were moved; the others need no entry.
ALTER TABLE scheduled_meetings DROP CONSTRAINT scheduled_meetings_rescheduled_from_id_key;
CREATE UNIQUE INDEX scheduled_meetings_rescheduled_from ON scheduled_meetings (rescheduled_from_id)
  WHERE rescheduled_from_id IS NOT NULL;
-- Assignments are read by meeting; their number only orders them.
ALTER TABLE meeting_assignments DROP CONSTRAINT meeting_assignments_pkey, ADD PRIMARY KEY (meeting_id, id);
DROP INDEX meeting_assignments_meeting;
DROP INDEX meeting_assignments_user;
