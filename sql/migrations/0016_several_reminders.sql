-- Why: a meeting has a list of reminders, each for one recipient and sent at most once. The spec's
-- `reminder_sent` turns true with the first of them.
CREATE TABLE meeting_reminders (
    meeting_id INTEGER NOT NULL REFERENCES scheduled_meetings(id) ON DELETE CASCADE,
    offset_minutes INTEGER NOT NULL CHECK (offset_minutes > 0),
    recipient VARCHAR(255) NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    PRIMARY KEY (meeting_id, offset_minutes, recipient)
);
