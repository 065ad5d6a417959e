-- why: nobody can be met by a user who left the CRM: their own pages stop; their
--      meetings stay, and so do the pages of their teams
-- index: scheduling_pages_owner
-- returns: nothing
UPDATE scheduling_pages SET is_active = false, closed_at_leaving = true, updated_at = $2
 WHERE user_id = $1 AND archived_at IS NULL AND is_active AND assignment = 'personal'
