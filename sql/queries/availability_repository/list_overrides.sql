-- why: a user's exceptions, by date
-- index: scheduling_overrides_user
-- returns: id, date, is_available, start and end as minutes of the day or NULL, reason
SELECT id, date, is_available, (extract(epoch FROM start_time) / 60)::integer,
       (extract(epoch FROM end_time) / 60)::integer, reason
  FROM scheduling_overrides
 WHERE user_id = $1 AND (date, id) > ($2::date, $3::integer)
 ORDER BY date, id
 LIMIT $4
