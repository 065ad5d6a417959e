-- why: deleting keeps the meetings; the slug is free again
-- index: meeting_types_pkey
-- returns: id of the archived type, or no row
UPDATE meeting_types SET archived_at = $2
 WHERE id = $1 AND archived_at IS NULL
RETURNING id
