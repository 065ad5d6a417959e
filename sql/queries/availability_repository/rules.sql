-- why: a user's weekly hours
-- index: availability_rules_user
-- returns: day_of_week, start and end as minutes of the day (1440 is 24:00), is_available
SELECT day_of_week, (extract(epoch FROM start_time) / 60)::integer, (extract(epoch FROM end_time) / 60)::integer,
       is_available
  FROM availability_rules
 WHERE user_id = $1
 ORDER BY day_of_week, start_time, id
