-- why: whom a link invites, while they book: a merge of the contact waits, and then takes the meeting along
-- index: invitations_token_hash_key
-- returns: meeting_type_id, contact_id, user_id, expires_at
SELECT meeting_type_id, contact_id, user_id, expires_at FROM invitations WHERE token_hash = $1 FOR SHARE
