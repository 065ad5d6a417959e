-- why: the contact is created after the slot is won
-- index: scheduled_meetings_pkey
-- returns: nothing
UPDATE scheduled_meetings SET contact_id = $2
 WHERE id = $1
