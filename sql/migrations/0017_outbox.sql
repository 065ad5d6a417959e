-- Why: nothing outside the database is called inside a booking. What is to happen outside is a row that
-- commits with the booking; workers claim it later. `effect_key` makes each effect happen once.
CREATE TABLE outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind VARCHAR(40) NOT NULL,
    effect_key VARCHAR(255) NOT NULL UNIQUE,
    meeting_id INTEGER REFERENCES scheduled_meetings(id) ON DELETE CASCADE,
    recipient VARCHAR(255),
    payload JSONB NOT NULL DEFAULT '{}',
    status VARCHAR(10) NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'done', 'dead', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    available_at TIMESTAMPTZ NOT NULL,
    last_error TEXT,
    done_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);
