-- why: a user has one schedule; saving it the first time creates it
-- index: scheduling_schedules_pkey
-- returns: nothing
INSERT INTO scheduling_schedules (user_id, timezone, week_start, daily_limit, weekly_limit, buffer_before_minutes,
                                  buffer_after_minutes, minimum_notice_minutes, max_days_in_advance, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (user_id) DO UPDATE
   SET timezone = excluded.timezone, week_start = excluded.week_start, daily_limit = excluded.daily_limit,
       weekly_limit = excluded.weekly_limit, buffer_before_minutes = excluded.buffer_before_minutes,
       buffer_after_minutes = excluded.buffer_after_minutes,
       minimum_notice_minutes = excluded.minimum_notice_minutes,
       max_days_in_advance = excluded.max_days_in_advance, updated_at = excluded.updated_at
