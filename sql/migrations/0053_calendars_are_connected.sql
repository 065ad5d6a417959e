-- Why: the spec's connections say neither whose account they are nor how they fare. Their tokens are sealed, bound to
-- their row. A connection has several calendars; each has its own place in the provider's list of changes.
ALTER TABLE calendar_connections
    ALTER COLUMN user_id SET NOT NULL,
    ALTER COLUMN is_active SET NOT NULL,
    ALTER COLUMN created_at SET NOT NULL,
    ALTER COLUMN updated_at SET NOT NULL,
    ADD COLUMN account VARCHAR(320) NOT NULL DEFAULT '',
    ADD COLUMN invites VARCHAR(10) NOT NULL DEFAULT 'provider'
        CONSTRAINT calendar_connections_invites CHECK (invites IN ('scheduler', 'provider')),
    ADD COLUMN last_error_code VARCHAR(40),
    ADD COLUMN last_error_message VARCHAR(500),
    ADD COLUMN last_error_at TIMESTAMPTZ,
    ADD COLUMN last_sync_at TIMESTAMPTZ,
    ADD COLUMN next_sync_at TIMESTAMPTZ,
    ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX calendar_connections_account ON calendar_connections (user_id, provider, lower(account))
    WHERE account <> '';
CREATE INDEX calendar_connections_due ON calendar_connections (next_sync_at) WHERE is_active AND next_sync_at IS NOT NULL;

CREATE TABLE connected_calendars (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    calendar_connection_id INTEGER NOT NULL REFERENCES calendar_connections(id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users(id),
    provider_calendar_id VARCHAR(1024) NOT NULL,
    name VARCHAR(500) NOT NULL,
    timezone VARCHAR(50) NOT NULL,
    is_primary BOOLEAN NOT NULL,
    can_write BOOLEAN NOT NULL,
    checks_conflicts BOOLEAN NOT NULL DEFAULT false,
    writes_meetings BOOLEAN NOT NULL DEFAULT false,
    sync_token TEXT,
    horizon_end TIMESTAMPTZ,
    UNIQUE (calendar_connection_id, provider_calendar_id)
);
-- One calendar of a user writes, whatever two requests ask for at once.
CREATE UNIQUE INDEX connected_calendars_writer ON connected_calendars (user_id) WHERE writes_meetings;

-- The state of a log-in at a provider: whose it is, once, for a while.
CREATE TABLE calendar_log_ins (
    state_hash BYTEA PRIMARY KEY CHECK (octet_length(state_hash) = 32),
    user_id INTEGER NOT NULL REFERENCES users(id),
    provider VARCHAR(50) NOT NULL,
    verifier TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX calendar_log_ins_user ON calendar_log_ins (user_id, expires_at);

-- One event may stand in two calendars of one account.
ALTER TABLE external_busy
    DROP CONSTRAINT external_busy_calendar_connection_id_external_event_id_star_key,
    ADD COLUMN connected_calendar_id BIGINT REFERENCES connected_calendars(id) ON DELETE CASCADE;
CREATE UNIQUE INDEX external_busy_event ON external_busy (connected_calendar_id, external_event_id);
CREATE INDEX external_busy_connection ON external_busy (calendar_connection_id);
