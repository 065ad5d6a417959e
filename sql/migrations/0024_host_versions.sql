-- Why: free times are answered from memory, and a booking trusts that memory only while these numbers have
-- not moved. Whatever decides about a host's free times raises one, whoever writes it. `changed_by` lets
-- every host process ask "what changed since?" without missing a transaction that was slow to commit.
CREATE TABLE host_versions (
    user_id INTEGER PRIMARY KEY,
    calendar_version BIGINT NOT NULL, -- schedule, rules, overrides, meetings, external busy time
    page_version BIGINT NOT NULL,     -- pages and meeting types
    changed_by XID8 NOT NULL
);
CREATE INDEX host_versions_changed ON host_versions (changed_by);

CREATE FUNCTION raise_host_version(host INTEGER, calendar INTEGER, pages INTEGER) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO host_versions AS known (user_id, calendar_version, page_version, changed_by)
  VALUES (host, calendar, pages, pg_current_xact_id())
  ON CONFLICT (user_id) DO UPDATE
     SET calendar_version = known.calendar_version + calendar, page_version = known.page_version + pages,
         changed_by = excluded.changed_by;
END $$;

-- For tables with a user_id; the arguments say what to raise: the calendar's by, the pages' by.
CREATE FUNCTION host_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM raise_host_version(OLD.user_id, TG_ARGV[0]::integer, TG_ARGV[1]::integer);
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND OLD.user_id <> NEW.user_id) THEN
    PERFORM raise_host_version(NEW.user_id, TG_ARGV[0]::integer, TG_ARGV[1]::integer);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION meeting_type_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_host_version(p.user_id, 0, 1)
     FROM scheduling_pages p
    WHERE p.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.scheduling_page_id ELSE NEW.scheduling_page_id END;
  RETURN NULL;
END $$;

-- Rows come with a booking, which raises the number in the same statement: a trigger costs thrice that.
CREATE TRIGGER host_changed AFTER UPDATE OR DELETE ON meeting_hosts
  FOR EACH ROW EXECUTE FUNCTION host_changed(1, 0);
CREATE TRIGGER host_changed AFTER INSERT OR UPDATE OR DELETE ON scheduling_schedules
  FOR EACH ROW EXECUTE FUNCTION host_changed(1, 0);
CREATE TRIGGER host_changed AFTER INSERT OR UPDATE OR DELETE ON availability_rules
  FOR EACH ROW EXECUTE FUNCTION host_changed(1, 0);
CREATE TRIGGER host_changed AFTER INSERT OR UPDATE OR DELETE ON scheduling_overrides
  FOR EACH ROW EXECUTE FUNCTION host_changed(1, 0);
CREATE TRIGGER host_changed AFTER INSERT OR UPDATE OR DELETE ON external_busy
  FOR EACH ROW EXECUTE FUNCTION host_changed(1, 0);
CREATE TRIGGER host_changed AFTER INSERT OR UPDATE OR DELETE ON scheduling_pages
  FOR EACH ROW EXECUTE FUNCTION host_changed(0, 1);
CREATE TRIGGER host_changed AFTER INSERT OR UPDATE OR DELETE ON meeting_types
  FOR EACH ROW EXECUTE FUNCTION meeting_type_changed();
