-- why: the zone, week, limits and defaults in which users' hours are meant
-- index: scheduling_schedules_pkey
-- returns: user_id, timezone, week_start, daily_limit, weekly_limit, the four defaults; no row for a user who never
--          saved any
SELECT user_id, timezone, week_start, daily_limit, weekly_limit, buffer_before_minutes, buffer_after_minutes,
       minimum_notice_minutes, max_days_in_advance
  FROM scheduling_schedules
 WHERE user_id = ANY ($1::integer[])
