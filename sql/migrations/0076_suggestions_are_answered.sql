-- Why: whoever decides about a suggestion answers for it. The open ones of a contact are told apart by their field, so
-- one that is about a meeting's mails carries the meeting behind it: attendee_email#12.
ALTER TABLE suggestions
    ADD COLUMN answered_at TIMESTAMPTZ,
    ADD COLUMN answered_by_user_id INTEGER REFERENCES users(id) ON DELETE SET NULL;
CREATE INDEX suggestions_by_contact ON suggestions (contact_id, id);
