-- Why: what the booking form and its link carry beyond the spec's columns, and how a meeting ended.
ALTER TABLE scheduled_meetings
  ADD COLUMN phone VARCHAR(32),
  ADD COLUMN guests JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN locale VARCHAR(35),
  ADD COLUMN utm JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN cancelled_at TIMESTAMPTZ,
  ADD COLUMN cancelled_by VARCHAR(20) CHECK (cancelled_by IN ('attendee', 'host', 'system')),
  ADD COLUMN cancel_reason TEXT;
