-- why: a user's exceptions, by date
-- index: scheduling_overrides_user
-- returns: id, date, is_available, start and end as minutes of the day or NULL, reason
SELECT {{columns scheduling_overrides}}
  FROM scheduling_overrides
 WHERE user_id = $1 AND (date, id) > ($2::date, $3::integer)
 ORDER BY date, id
 LIMIT $4
