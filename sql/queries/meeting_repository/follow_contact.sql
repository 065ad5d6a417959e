-- why: after a merge of contacts the meetings belong to the one that stays
-- index: scheduled_meetings_contact
-- returns: nothing
UPDATE scheduled_meetings SET contact_id = $2, updated_at = $3
 WHERE contact_id = $1
