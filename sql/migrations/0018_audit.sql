-- Why: who changed what, and when: for the host, the admin and for privacy questions.
CREATE TABLE scheduling_audit (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action VARCHAR(40) NOT NULL,
    actor VARCHAR(20) NOT NULL CHECK (actor IN ('attendee', 'user', 'system')),
    user_id INTEGER REFERENCES users(id) ON DELETE SET NULL,
    meeting_id INTEGER REFERENCES scheduled_meetings(id) ON DELETE CASCADE,
    request_id VARCHAR(64),
    details JSONB NOT NULL DEFAULT '{}',
    created_at TIMESTAMPTZ NOT NULL
);
