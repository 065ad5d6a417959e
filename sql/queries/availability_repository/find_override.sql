-- why: whose exception this is, before it is deleted
-- index: scheduling_overrides_pkey
-- returns: user_id, or no row
SELECT user_id
  FROM scheduling_overrides
 WHERE id = $1
