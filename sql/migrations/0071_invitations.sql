-- Why: whoever comes by an invitation is who was invited, whatever address they type. A row, not a signature alone, so
-- that an invitation follows its contact through a merge, and ends with it, with its type and with whoever invited. The
-- token is found by its hash and is not kept: nobody writes the link again.
CREATE TABLE invitations (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    meeting_type_id INTEGER NOT NULL REFERENCES meeting_types(id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES module_records(id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    expires_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX invitations_by_contact ON invitations (contact_id);
CREATE INDEX invitations_by_end ON invitations (expires_at);
