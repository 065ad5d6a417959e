-- why: a user came back: the pages that closed when they left open again, those they had closed themselves do not
-- index: scheduling_pages_owner
-- returns: nothing
UPDATE scheduling_pages SET is_active = true, closed_at_leaving = false, updated_at = $2
 WHERE user_id = $1 AND archived_at IS NULL AND closed_at_leaving
