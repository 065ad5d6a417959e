-- Why: a client that lost our answer asks again and must get the same meeting. The key belongs to the
-- meeting type and dies with the meeting: cancelling deletes it, so the slot can be booked again.
CREATE TABLE booking_keys (
    meeting_type_id INTEGER NOT NULL REFERENCES meeting_types(id) ON DELETE CASCADE,
    idempotency_key VARCHAR(255) NOT NULL,
    body_hash BYTEA NOT NULL CHECK (octet_length(body_hash) = 32),
    chain_id INTEGER NOT NULL REFERENCES scheduled_meetings(id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (meeting_type_id, idempotency_key)
);
CREATE INDEX booking_keys_chain ON booking_keys (chain_id);
