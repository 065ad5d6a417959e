-- Why: a person may ask to be forgotten, and an organisation may forget by itself. The meeting and what is counted of it
-- stay; who it was with goes. What somebody consented to is kept with its words, which change later; it stands beside
-- the meeting, so that bookings without it pay nothing.
ALTER TABLE scheduled_meetings ADD COLUMN erased_at TIMESTAMPTZ;

CREATE TABLE meeting_consents (
    chain_id INTEGER PRIMARY KEY REFERENCES scheduled_meetings(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL,
    given_at TIMESTAMPTZ NOT NULL
);

-- Journal rows stand in the order of their time.
CREATE INDEX scheduling_audit_created ON scheduling_audit USING brin (created_at);
