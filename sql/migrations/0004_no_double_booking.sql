-- Why: the table settles races, not an `if`. One row per meeting and host (a collective meeting has
-- several); two live meetings of one host can never overlap. `scheduled_meetings.host_user_id` is the
-- first of them. The trigger keeps the rows true to their meeting, whoever updates it.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE meeting_hosts (
    meeting_id INTEGER NOT NULL REFERENCES scheduled_meetings(id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users(id),
    start_time TIMESTAMPTZ NOT NULL,
    end_time TIMESTAMPTZ NOT NULL,
    is_live BOOLEAN NOT NULL,
    PRIMARY KEY (meeting_id, user_id),
    -- An empty range overlaps nothing and would slip by the constraint below.
    CONSTRAINT meeting_hosts_order CHECK (start_time < end_time),
    CONSTRAINT meeting_hosts_no_overlap EXCLUDE USING gist
      (user_id WITH =, tstzrange(start_time, end_time) WITH &&) WHERE (is_live)
);

CREATE FUNCTION meeting_hosts_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE meeting_hosts
     SET start_time = NEW.start_time, end_time = NEW.end_time,
         is_live = NEW.status IN ('scheduled', 'pending')
   WHERE meeting_id = NEW.id;
  RETURN NULL;
END $$;

CREATE TRIGGER meeting_hosts_follow
  AFTER UPDATE OF status, start_time, end_time ON scheduled_meetings
  FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status
     OR OLD.start_time IS DISTINCT FROM NEW.start_time
     OR OLD.end_time IS DISTINCT FROM NEW.end_time)
  EXECUTE FUNCTION meeting_hosts_follow();
