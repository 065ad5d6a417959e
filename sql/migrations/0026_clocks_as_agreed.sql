-- Why: people agree on a wall time, and countries change their clocks afterwards. Only who wrote down what the
-- clocks were to show can tell. Minutes of wall time minus UTC at the start; the attendee's zone is `timezone`.
-- Meetings booked before this have nothing written down and stay so.
ALTER TABLE scheduled_meetings
  ADD COLUMN host_timezone VARCHAR(50),
  ADD COLUMN host_offset_minutes INTEGER,
  ADD COLUMN attendee_offset_minutes INTEGER;
