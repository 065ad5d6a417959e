-- why: the exception is over
-- index: scheduling_overrides_pkey
-- returns: id, or no row
DELETE FROM scheduling_overrides
 WHERE id = $1
RETURNING id
