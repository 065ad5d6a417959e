-- Why: the CRM's own tables. Modules refer to users(id) and module_records(id), both INTEGER.
CREATE TABLE users (
    id SERIAL PRIMARY KEY,
    email VARCHAR(254) NOT NULL,
    email_key TEXT NOT NULL UNIQUE, -- normalised and case-folded
    name VARCHAR(255) NOT NULL,
    password_hash TEXT NOT NULL, -- Argon2id, encoded
    role VARCHAR(20) NOT NULL CHECK (role IN ('rep', 'admin')),
    timezone VARCHAR(50) NOT NULL,
    is_active BOOLEAN NOT NULL DEFAULT true,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE sessions (
    token_hash BYTEA PRIMARY KEY, -- SHA-256; the CSRF token is derived from the token itself
    user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE api_tokens (
    id SERIAL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    name VARCHAR(100) NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX api_tokens_user ON api_tokens (user_id);

CREATE TABLE setup_tokens (
    token_hash BYTEA PRIMARY KEY,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE module_records (
    id SERIAL PRIMARY KEY,
    module VARCHAR(40) NOT NULL,
    data JSONB NOT NULL DEFAULT '{}',
    owner_user_id INTEGER REFERENCES users(id) ON DELETE SET NULL,
    -- A merged record stays as an empty row, so that what modules refer to by its id can still be
    -- moved when their hook runs late; it is found nowhere and goes when the surviving record goes.
    merged_into_id INTEGER REFERENCES module_records(id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX module_records_module ON module_records (module, id) WHERE merged_into_id IS NULL;
CREATE INDEX module_records_owner ON module_records (owner_user_id, module, id);
CREATE INDEX module_records_merged ON module_records (merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE TABLE record_emails (
    email_key TEXT NOT NULL,
    record_id INTEGER NOT NULL REFERENCES module_records(id) ON DELETE CASCADE,
    PRIMARY KEY (email_key, record_id)
);
CREATE INDEX record_emails_record ON record_emails (record_id);

CREATE TABLE activities (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record_id INTEGER NOT NULL REFERENCES module_records(id) ON DELETE CASCADE,
    kind VARCHAR(40) NOT NULL,
    key VARCHAR(200), -- NULL: several of a kind may stand side by side
    subject TEXT NOT NULL,
    occurs_at TIMESTAMPTZ NOT NULL,
    data JSONB NOT NULL DEFAULT '{}',
    user_id INTEGER REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    UNIQUE (record_id, kind, key)
);
CREATE INDEX activities_timeline ON activities (record_id, occurs_at DESC, id DESC);

CREATE TABLE job_runs (
    name VARCHAR(100) PRIMARY KEY,
    owner VARCHAR(100) NOT NULL,
    started_at TIMESTAMPTZ, -- by the host's clock, for people
    ended_wall TIMESTAMPTZ, -- by the database's own clock: what "due" is counted from
    duration_ms BIGINT NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    handled_total BIGINT NOT NULL DEFAULT 0,
    runs_total BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE hook_events (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner VARCHAR(100) NOT NULL, -- the module whose hook has yet to hear of it
    subject VARCHAR(10) NOT NULL CHECK (subject IN ('record', 'user')),
    event VARCHAR(20) NOT NULL,
    record_module VARCHAR(40) NOT NULL DEFAULT '',
    payload JSONB NOT NULL, -- what the hook would have been told
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_wall TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(), -- a lease, so not the host's clock
    last_error TEXT NOT NULL DEFAULT '',
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX hook_events_due ON hook_events (owner, next_attempt_wall, id);
