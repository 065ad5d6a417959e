-- Why: listing and booking read external busy time from here and never call a provider.
CREATE TABLE external_busy (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users(id),
    calendar_connection_id INTEGER NOT NULL REFERENCES calendar_connections(id) ON DELETE CASCADE,
    external_event_id VARCHAR(1024) NOT NULL,
    start_time TIMESTAMPTZ NOT NULL,
    end_time TIMESTAMPTZ NOT NULL,
    CONSTRAINT external_busy_order CHECK (start_time < end_time),
    UNIQUE (calendar_connection_id, external_event_id, start_time)
);
