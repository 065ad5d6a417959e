-- why: the exceptions that touch the days being offered
-- index: scheduling_overrides_user
-- returns: user_id, id, date, is_available, start and end as minutes of the day or NULL, reason
SELECT user_id, {{columns scheduling_overrides}}
  FROM scheduling_overrides
 WHERE user_id = ANY ($1::integer[]) AND date BETWEEN $2::date AND $3::date
 ORDER BY user_id, date, id
