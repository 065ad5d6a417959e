-- Why: a booking wrote rows of their own for what always comes together, and looked again for rows that its transaction
-- had just made (ADR 0030).
-- Reminders of a meeting that are still to come are one row. Those that became mails are in the outbox.
CREATE TEMPORARY TABLE planned ON COMMIT DROP AS
SELECT meeting_id, array_agg(offset_minutes ORDER BY offset_minutes DESC) AS offsets, min(due_at) AS due_at
  FROM meeting_reminders WHERE queued_at IS NULL GROUP BY meeting_id;
DROP TABLE meeting_reminders;
CREATE TABLE meeting_reminders (
    meeting_id INTEGER PRIMARY KEY,
    offsets INTEGER[] NOT NULL, -- minutes before the start, the next one to be due first
    due_at TIMESTAMPTZ NOT NULL -- of the first of them
);
INSERT INTO meeting_reminders (meeting_id, offsets, due_at) SELECT meeting_id, offsets, due_at FROM planned;
CREATE INDEX meeting_reminders_due ON meeting_reminders (due_at);

-- Who hosts, and why, stands in the entry of the journal that tells of the change which decided it.
ALTER TABLE scheduling_audit
  ADD COLUMN assigned_user_id INTEGER, -- who hosts the meeting from this entry on; NULL: nothing was assigned
  ADD COLUMN assignment_reason VARCHAR(40),
  ADD COLUMN assignment_skipped JSONB; -- who was passed over, and why; NULL: nobody
UPDATE scheduling_audit entry
   SET assigned_user_id = known.user_id, assignment_reason = known.reason,
       assignment_skipped = NULLIF(known.skipped, '[]'::jsonb)
  FROM (SELECT DISTINCT ON (place.id) place.id, assignment.user_id, assignment.reason, assignment.skipped
          FROM meeting_assignments assignment
          JOIN LATERAL (SELECT id FROM scheduling_audit
                         WHERE meeting_id = assignment.meeting_id AND created_at = assignment.created_at
                         ORDER BY id LIMIT 1) AS place ON true
         ORDER BY place.id, assignment.id) AS known
 WHERE entry.id = known.id;
INSERT INTO scheduling_audit (action, actor, meeting_id, assigned_user_id, assignment_reason, assignment_skipped, created_at)
SELECT 'assigned', 'system', assignment.meeting_id, assignment.user_id, assignment.reason,
       NULLIF(assignment.skipped, '[]'::jsonb), assignment.created_at
  FROM meeting_assignments assignment
 WHERE NOT EXISTS (SELECT FROM scheduling_audit known
                    WHERE known.meeting_id = assignment.meeting_id AND known.created_at = assignment.created_at
                      AND known.assigned_user_id = assignment.user_id)
 ORDER BY assignment.id;
DROP TABLE meeting_assignments;

-- Counted by a number of eight bytes instead of a text of seventy. It names nobody and no network, either.
ALTER TABLE public_uses ALTER COLUMN key TYPE BIGINT USING hashtextextended(key, 0);

-- Meetings and types are never deleted, and both of these rows are written with the meeting they name.
ALTER TABLE booking_keys
  DROP CONSTRAINT booking_keys_chain_id_fkey,
  DROP CONSTRAINT booking_keys_meeting_type_id_fkey;
ALTER TABLE suggestions DROP CONSTRAINT suggestions_meeting_id_fkey;
