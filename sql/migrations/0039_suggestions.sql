-- Why: an address typed into a public form is not proved to be anybody's, so a public booking never changes a contact.
-- What the form says and the record does not is kept here until somebody who may see the contact decides.
CREATE TABLE suggestions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind VARCHAR(20) NOT NULL CHECK (kind IN ('contact_field', 'attendee_email', 'reassign')),
    contact_id INTEGER NOT NULL REFERENCES module_records(id) ON DELETE CASCADE,
    meeting_id INTEGER REFERENCES scheduled_meetings(id) ON DELETE CASCADE,
    field VARCHAR(40) NOT NULL,
    current TEXT NOT NULL,
    proposed TEXT NOT NULL,
    status VARCHAR(10) NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'accepted', 'dismissed')),
    created_at TIMESTAMPTZ NOT NULL
);
-- The same thing said twice is one suggestion. The hash keeps long texts out of the index.
CREATE UNIQUE INDEX suggestions_open ON suggestions (contact_id, kind, field, md5(proposed)) WHERE status = 'open';
CREATE INDEX suggestions_meeting ON suggestions (meeting_id);
