-- why: the zone, week, limits and defaults in which a user's hours are meant
-- index: scheduling_schedules_pkey
-- returns: timezone, week_start, daily_limit, weekly_limit, the four defaults; no row for a user who never saved any
SELECT timezone, week_start, daily_limit, weekly_limit, buffer_before_minutes, buffer_after_minutes,
       minimum_notice_minutes, max_days_in_advance
  FROM scheduling_schedules
 WHERE user_id = $1
