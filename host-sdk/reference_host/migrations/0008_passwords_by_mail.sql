-- Why: people are invited by mail, change their own password and reset a forgotten one. A user who was invited has
-- no password until they choose one, and nobody can log in as them. `password_set_at`: devices that logged in before
-- are trusted only when they did so with the present password.
ALTER TABLE users
    ALTER COLUMN password_hash DROP NOT NULL,
    ADD COLUMN password_set_at TIMESTAMPTZ;

-- One row for each link that was mailed. A row stays for some weeks after its end, so that a dead link says so
-- instead of looking mistyped.
CREATE TABLE account_links (
    token_hash BYTEA PRIMARY KEY, -- SHA-256
    user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    kind VARCHAR(20) NOT NULL CHECK (kind IN ('invitation', 'reset')),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ -- used, replaced by a newer one, or its user was deactivated
);
CREATE UNIQUE INDEX account_links_live ON account_links (user_id) WHERE ended_at IS NULL;
CREATE INDEX account_links_expiry ON account_links (expires_at);

-- What is to be mailed. The link is made when the mail leaves, so nothing secret waits here. A row names an address,
-- not a user: whoever asks for a reset of an address that nobody has leaves the same row in the same time.
CREATE TABLE account_mails (
    email_key TEXT NOT NULL, -- as users.email_key
    kind VARCHAR(20) NOT NULL CHECK (kind IN ('invitation', 'reset', 'forgotten')),
    created_at TIMESTAMPTZ NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_wall TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(), -- a lease, so not the host's clock
    last_error TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (email_key, kind) -- asking again while one waits changes nothing
);
CREATE INDEX account_mails_due ON account_mails (next_attempt_wall);
