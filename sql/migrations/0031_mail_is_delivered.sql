-- Why: the outbox is worked off, and people want to see how that goes. `due_at` is when a reminder should have been
-- sent. What failed for good is looked at by its state, reminders by their time; a booking writes neither index.
ALTER TABLE outbox ADD COLUMN due_at TIMESTAMPTZ;
CREATE INDEX outbox_dead ON outbox (id) WHERE status = 'dead';
CREATE INDEX outbox_reminders ON outbox (due_at) WHERE due_at IS NOT NULL;
-- Addresses that a mail server refused for good, for the rep: [{"recipient", "kind", "reply", "at"}].
ALTER TABLE scheduled_meetings ADD COLUMN mail_failures JSONB;
