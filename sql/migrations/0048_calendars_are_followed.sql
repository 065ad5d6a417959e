-- Why: memory that is a few changes behind reads those, not the whole calendar again. The last changes stand in the row
-- that every change raises anyway, so following costs no row of its own. And a version only counts in the database that
-- gave it: after a fail-over that lost commits, or a restore, equal numbers can stand for other content.
ALTER TABLE host_versions
  ADD COLUMN recent BIGINT[] NOT NULL DEFAULT '{}', -- what made the last versions, newest first, at most 32:
                                                    -- a meeting's id, minus an external event's id, 0: anything else
  ADD COLUMN recent_of BIGINT NOT NULL DEFAULT 0;   -- the calendar_version that recent[1] made; if it is another one,
                                                    -- somebody raised the number by hand, and recent says nothing

-- A promoted standby has another timeline at once, a restored copy was started again.
CREATE FUNCTION database_epoch() RETURNS TEXT LANGUAGE sql VOLATILE AS $$
  SELECT substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) || '.' ||
         extract(epoch FROM pg_postmaster_start_time())::text
$$;

DROP FUNCTION raise_host_version(INTEGER, INTEGER, INTEGER);
-- `changes`: as in host_versions.recent, one for each version that the calendar rises by.
CREATE FUNCTION raise_host_version(host INTEGER, changes BIGINT[], pages INTEGER) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO host_versions AS known (user_id, calendar_version, page_version, changed_by, recent, recent_of)
  VALUES (host, cardinality(changes), pages, pg_current_xact_id(), changes, cardinality(changes))
  ON CONFLICT (user_id) DO UPDATE
     SET calendar_version = known.calendar_version + cardinality(changes), page_version = known.page_version + pages,
         changed_by = excluded.changed_by, recent_of = known.calendar_version + cardinality(changes),
         recent = CASE WHEN known.recent_of = known.calendar_version THEN (changes || known.recent)[1:32]
                       ELSE changes END;
END $$;

CREATE OR REPLACE FUNCTION host_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changes BIGINT[] := CASE WHEN TG_ARGV[0]::integer > 0 THEN '{0}' ELSE '{}' END;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM raise_host_version(OLD.user_id, changes, TG_ARGV[1]::integer);
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND OLD.user_id <> NEW.user_id) THEN
    PERFORM raise_host_version(NEW.user_id, changes, TG_ARGV[1]::integer);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION page_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_host_version(p.user_id, '{}', 1)
     FROM scheduling_pages p
    WHERE p.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.scheduling_page_id ELSE NEW.scheduling_page_id END;
  RETURN NULL;
END $$;

CREATE FUNCTION meeting_host_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_host_version(OLD.user_id, ARRAY[OLD.meeting_id::bigint], 0);
  IF TG_OP = 'UPDATE' AND OLD.user_id <> NEW.user_id THEN
    PERFORM raise_host_version(NEW.user_id, ARRAY[NEW.meeting_id::bigint], 0);
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER host_changed ON meeting_hosts;
CREATE TRIGGER host_changed AFTER UPDATE OR DELETE ON meeting_hosts
  FOR EACH ROW EXECUTE FUNCTION meeting_host_changed();

-- A sync writes many events in one statement: a version each would rewrite one row as often.
CREATE FUNCTION external_busy_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_host_version(of_host.user_id, of_host.changes, 0)
     FROM (SELECT changed.user_id,
                  CASE WHEN count(*) <= 32 THEN array_agg(-changed.id) ELSE '{0}' END AS changes
             FROM changed GROUP BY changed.user_id ORDER BY changed.user_id) AS of_host;
  RETURN NULL;
END $$;
CREATE FUNCTION external_busy_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_host_version(of_host.user_id, of_host.changes, 0)
     FROM (SELECT either.user_id,
                  CASE WHEN count(*) <= 32 THEN array_agg(-either.id) ELSE '{0}' END AS changes
             FROM (SELECT user_id, id FROM before UNION SELECT user_id, id FROM changed) AS either
            GROUP BY either.user_id ORDER BY either.user_id) AS of_host;
  RETURN NULL;
END $$;
DROP TRIGGER host_changed ON external_busy;
CREATE TRIGGER host_changed_by_insert AFTER INSERT ON external_busy
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION external_busy_changed();
CREATE TRIGGER host_changed_by_update AFTER UPDATE ON external_busy
  REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION external_busy_moved();
CREATE TRIGGER host_changed_by_delete AFTER DELETE ON external_busy
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION external_busy_changed();
