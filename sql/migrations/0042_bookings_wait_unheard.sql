-- Why: a booking that looks like abuse is not refused: it waits for its host, and nobody else is written to.
-- `held_for_review` says why. One whose address is to be proved waits for the attendee, and nobody hears of it until then.
ALTER TABLE scheduled_meetings
  ADD COLUMN held_for_review JSONB,
  ADD COLUMN awaits_verification BOOLEAN NOT NULL DEFAULT false;
