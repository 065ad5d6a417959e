-- Why: a version for every reading that ended made each instance read the host's whole calendar again, every five
-- minutes. When a calendar was last read only gets younger, so memory may believe what it has until that is too old, and
-- asks then. A version rises for what memory could not find out by itself: a connection broke or was mended, was read
-- for the first time, counts as read less lately than before, or another calendar is to block.
DROP TRIGGER host_changed_by_update ON calendar_connections;
CREATE TRIGGER host_changed_by_update AFTER UPDATE OF is_active, last_sync_at ON calendar_connections
  FOR EACH ROW WHEN (OLD.is_active <> NEW.is_active OR (OLD.last_sync_at IS NULL) <> (NEW.last_sync_at IS NULL)
                     OR NEW.last_sync_at < OLD.last_sync_at)
  EXECUTE FUNCTION calendar_reading_changed();
DROP TRIGGER host_changed ON connected_calendars;
CREATE TRIGGER host_changed_by_insert AFTER INSERT ON connected_calendars
  FOR EACH ROW WHEN (NEW.checks_conflicts) EXECUTE FUNCTION calendar_reading_changed();
CREATE TRIGGER host_changed_by_delete AFTER DELETE ON connected_calendars
  FOR EACH ROW WHEN (OLD.checks_conflicts) EXECUTE FUNCTION calendar_reading_changed();
