-- Why: a meeting that waits for its host's word holds the host's time, so it may not wait for ever.
ALTER TABLE scheduled_meetings ADD COLUMN confirm_by TIMESTAMPTZ;
UPDATE scheduled_meetings
   SET confirm_by = least(start_time, created_at + interval '48 hours')
 WHERE status = 'pending';
CREATE INDEX scheduled_meetings_requests ON scheduled_meetings (confirm_by) WHERE status = 'pending';
