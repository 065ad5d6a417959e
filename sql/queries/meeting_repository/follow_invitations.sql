-- why: after a merge of contacts whoever was invited as the one that is gone is invited as the one that stays
-- index: invitations_by_contact
-- returns: nothing
UPDATE invitations SET contact_id = $2 WHERE contact_id = $1
