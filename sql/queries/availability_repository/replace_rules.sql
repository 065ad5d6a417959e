-- why: all weekly hours are replaced at once or none, in one statement
-- index: availability_rules_user
-- returns: nothing
WITH gone AS (
  DELETE FROM availability_rules WHERE user_id = $1
)
INSERT INTO availability_rules (user_id, day_of_week, start_time, end_time, is_available)
SELECT $1, rule.day_of_week, rule.start_time, rule.end_time, rule.is_available
  FROM unnest($2::integer[], $3::time[], $4::time[], $5::boolean[])
       AS rule(day_of_week, start_time, end_time, is_available)
