-- Why: when newer zone rules make a clock show another time at a meeting's start, the meeting keeps its instant
-- and says so. NULL: that side's clock shows what was agreed. Nobody looks meetings up by this, so no index.
ALTER TABLE scheduled_meetings
  ADD COLUMN host_offset_now_minutes INTEGER,
  ADD COLUMN attendee_offset_now_minutes INTEGER,
  ADD COLUMN wall_time_zone_data VARCHAR(40), -- the rules that say so: "2026f"
  ADD COLUMN wall_time_changed_at TIMESTAMPTZ;
