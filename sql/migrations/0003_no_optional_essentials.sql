-- Why: a page without an owner, a meeting without a host or type, or a rule without a weekday has no
-- meaning; the spec's nullable columns would let one in.
ALTER TABLE scheduling_pages
  ALTER COLUMN user_id SET NOT NULL,
  ALTER COLUMN is_active SET NOT NULL,
  ALTER COLUMN branding SET NOT NULL,
  ALTER COLUMN created_at SET NOT NULL,
  ALTER COLUMN updated_at SET NOT NULL;
ALTER TABLE meeting_types
  ALTER COLUMN scheduling_page_id SET NOT NULL,
  ALTER COLUMN is_active SET NOT NULL,
  ALTER COLUMN questions SET NOT NULL,
  ALTER COLUMN settings SET NOT NULL,
  ALTER COLUMN display_order SET NOT NULL,
  ADD CONSTRAINT meeting_types_duration CHECK (duration_minutes BETWEEN 5 AND 720);
ALTER TABLE availability_rules
  ALTER COLUMN user_id SET NOT NULL,
  ALTER COLUMN day_of_week SET NOT NULL,
  ALTER COLUMN is_available SET NOT NULL,
  ADD CONSTRAINT availability_rules_day CHECK (day_of_week BETWEEN 0 AND 6),
  ADD CONSTRAINT availability_rules_order CHECK (start_time < end_time);
ALTER TABLE scheduling_overrides
  ALTER COLUMN user_id SET NOT NULL,
  ALTER COLUMN is_available SET NOT NULL,
  ADD CONSTRAINT scheduling_overrides_times CHECK (
    (start_time IS NULL) = (end_time IS NULL)
    AND (start_time IS NULL OR start_time < end_time)
    AND (NOT is_available OR start_time IS NOT NULL));
ALTER TABLE scheduled_meetings
  ALTER COLUMN meeting_type_id SET NOT NULL,
  ALTER COLUMN host_user_id SET NOT NULL,
  ALTER COLUMN status SET NOT NULL,
  ALTER COLUMN reminder_sent SET NOT NULL,
  ALTER COLUMN created_at SET NOT NULL,
  ALTER COLUMN updated_at SET NOT NULL,
  ADD CONSTRAINT scheduled_meetings_order CHECK (start_time < end_time),
  ADD CONSTRAINT scheduled_meetings_status CHECK (
    status IN ('scheduled', 'pending', 'completed', 'cancelled', 'rescheduled', 'no_show'));
