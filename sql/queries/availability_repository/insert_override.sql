-- why: one more exception
-- index: none
-- returns: id
INSERT INTO scheduling_overrides (user_id, date, is_available, start_time, end_time, reason)
VALUES ($1, $2::date, $3, $4::time, $5::time, $6)
RETURNING id
