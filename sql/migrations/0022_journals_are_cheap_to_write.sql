-- Why: a booking's rows are written in the one statement that writes its meeting, by code that names kinds
-- and actors from constants. Checking each of them again against the meeting, the user and a list of words
-- was a sixth of a booking's time in the database. What points at the CRM's users, contacts and at meeting
-- types stays checked on the meeting itself; journals outlive what they speak of.
ALTER TABLE meeting_hosts
  DROP CONSTRAINT meeting_hosts_meeting_id_fkey,
  DROP CONSTRAINT meeting_hosts_user_id_fkey;
ALTER TABLE manage_tokens
  DROP CONSTRAINT manage_tokens_chain_id_fkey,
  DROP CONSTRAINT manage_tokens_token_hash_check;
ALTER TABLE outbox
  DROP CONSTRAINT outbox_meeting_id_fkey,
  DROP CONSTRAINT outbox_status_check;
ALTER TABLE scheduling_audit
  DROP CONSTRAINT scheduling_audit_meeting_id_fkey,
  DROP CONSTRAINT scheduling_audit_actor_check;
ALTER TABLE meeting_assignments
  DROP CONSTRAINT meeting_assignments_meeting_id_fkey,
  DROP CONSTRAINT meeting_assignments_user_id_fkey;
