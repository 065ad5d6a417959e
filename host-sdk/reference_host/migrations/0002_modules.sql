-- Why: which modules are on, and with what settings, is the same for all hosts of one database. Secret
-- settings stand here sealed. `updated_at` comes from the host's clock.
CREATE TABLE modules (
    id VARCHAR(40) PRIMARY KEY,
    version VARCHAR(40) NOT NULL,
    is_enabled BOOLEAN NOT NULL,
    settings JSONB NOT NULL DEFAULT '{}',
    updated_at TIMESTAMPTZ NOT NULL
);
