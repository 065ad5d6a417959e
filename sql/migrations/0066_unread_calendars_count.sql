-- Why: while a calendar that is to block cannot be read, the administrator says what is offered. So how connections fare
-- belongs to what free times are made of, and every change of it makes memory read the host anew. `unchecked_meetings`
-- has the few that were booked meanwhile; its row may be written before its meeting, within one transaction.
CREATE TABLE unchecked_meetings (
    meeting_id INTEGER PRIMARY KEY
        REFERENCES scheduled_meetings(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE FUNCTION calendar_reading_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_host_version(COALESCE(NEW.user_id, OLD.user_id), '{0}', 0);
  RETURN NULL;
END $$;
CREATE TRIGGER host_changed AFTER INSERT OR DELETE ON calendar_connections
  FOR EACH ROW EXECUTE FUNCTION calendar_reading_changed();
CREATE TRIGGER host_changed_by_update AFTER UPDATE OF is_active, last_sync_at ON calendar_connections
  FOR EACH ROW WHEN ((OLD.is_active, OLD.last_sync_at) IS DISTINCT FROM (NEW.is_active, NEW.last_sync_at))
  EXECUTE FUNCTION calendar_reading_changed();
CREATE TRIGGER host_changed AFTER INSERT OR DELETE ON connected_calendars
  FOR EACH ROW EXECUTE FUNCTION calendar_reading_changed();
CREATE TRIGGER host_changed_by_update AFTER UPDATE OF checks_conflicts ON connected_calendars
  FOR EACH ROW WHEN (OLD.checks_conflicts IS DISTINCT FROM NEW.checks_conflicts)
  EXECUTE FUNCTION calendar_reading_changed();
