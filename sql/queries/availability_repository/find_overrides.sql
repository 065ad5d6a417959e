-- why: a change that is only tried out names some rows and adds to some dates
-- index: scheduling_overrides_user, scheduling_overrides_pkey
-- returns: id, date, is_available, start and end as minutes of the day or NULL, reason
SELECT {{columns scheduling_overrides}}
  FROM scheduling_overrides
 WHERE user_id = $1 AND (id = ANY ($2::integer[]) OR date = ANY ($3::date[]))
 ORDER BY date, id
