-- why: somebody invites a contact
-- index: none
-- returns: nothing
INSERT INTO invitations (token_hash, meeting_type_id, contact_id, user_id, expires_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
