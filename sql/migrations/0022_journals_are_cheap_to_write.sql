-- Why: outbox, audit and assignment rows are only ever written in the statement that writes their meeting,
-- by code that names kinds and actors from constants. Checking each of them again against the meeting, the
-- user and a list of words was a sixth of a booking's time in the database. They outlive what they speak of.
ALTER TABLE outbox
  DROP CONSTRAINT outbox_meeting_id_fkey,
  DROP CONSTRAINT outbox_status_check;
ALTER TABLE scheduling_audit
  DROP CONSTRAINT scheduling_audit_meeting_id_fkey,
  DROP CONSTRAINT scheduling_audit_actor_check;
ALTER TABLE meeting_assignments
  DROP CONSTRAINT meeting_assignments_meeting_id_fkey,
  DROP CONSTRAINT meeting_assignments_user_id_fkey;
ALTER TABLE manage_tokens DROP CONSTRAINT manage_tokens_token_hash_check;
