-- Why: PostgreSQL reads a CHECK's text anew for every statement, and a domain's once per connection. The
-- columns stay VARCHAR to whoever looks at them, and refuse the same words.
CREATE DOMAIN meeting_status AS VARCHAR(50)
  CONSTRAINT scheduled_meetings_status
  CHECK (VALUE IN ('scheduled', 'pending', 'completed', 'cancelled', 'rescheduled', 'no_show'));
CREATE DOMAIN meeting_canceller AS VARCHAR(20)
  CONSTRAINT scheduled_meetings_cancelled_by CHECK (VALUE IN ('attendee', 'host', 'system'));

-- Trigger and index name the column; both come back as they were.
DROP TRIGGER meeting_hosts_follow ON scheduled_meetings;
DROP INDEX scheduled_meetings_open;
ALTER TABLE scheduled_meetings
  DROP CONSTRAINT scheduled_meetings_status,
  DROP CONSTRAINT scheduled_meetings_cancelled_by_check,
  ALTER COLUMN status TYPE meeting_status,
  ALTER COLUMN cancelled_by TYPE meeting_canceller;
CREATE INDEX scheduled_meetings_open ON scheduled_meetings (end_time) WHERE status = 'scheduled';
CREATE TRIGGER meeting_hosts_follow
  AFTER UPDATE OF status, start_time, end_time ON scheduled_meetings
  FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status
     OR OLD.start_time IS DISTINCT FROM NEW.start_time
     OR OLD.end_time IS DISTINCT FROM NEW.end_time)
  EXECUTE FUNCTION meeting_hosts_follow();
