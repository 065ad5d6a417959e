-- Why: the secret of a manage link is found by its SHA-256 and kept sealed beside it (AES-256-GCM with
-- the host's key, bound to the chain), because reminders and repeated answers must write the link again.
-- Never in clear.
CREATE TABLE manage_tokens (
    chain_id INTEGER PRIMARY KEY REFERENCES scheduled_meetings(id) ON DELETE CASCADE,
    token_hash BYTEA NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    token_sealed BYTEA NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
