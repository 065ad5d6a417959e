-- Why: who got the meeting, by which rule, and who was skipped for what reason must be answerable later.
CREATE TABLE meeting_assignments (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    meeting_id INTEGER NOT NULL REFERENCES scheduled_meetings(id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users(id),
    reason VARCHAR(40) NOT NULL,
    skipped JSONB NOT NULL DEFAULT '[]',
    created_at TIMESTAMPTZ NOT NULL
);
