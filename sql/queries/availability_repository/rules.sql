-- why: users' weekly hours
-- index: availability_rules_user
-- returns: user_id, day_of_week, start and end as minutes of the day (1440 is 24:00), is_available
SELECT user_id, day_of_week, (extract(epoch FROM start_time) / 60)::integer,
       (extract(epoch FROM end_time) / 60)::integer, is_available
  FROM availability_rules
 WHERE user_id = ANY ($1::integer[])
 ORDER BY user_id, day_of_week, start_time, id
