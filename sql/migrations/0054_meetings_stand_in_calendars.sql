-- Why: one live event for each chain of moves and host. What was written is remembered, so that a write that is repeated
-- finds its event and a change that comes back is known as our own.
CREATE TABLE meeting_calendar_events (
    chain_id INTEGER NOT NULL REFERENCES scheduled_meetings(id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users(id),
    calendar_connection_id INTEGER REFERENCES calendar_connections(id) ON DELETE SET NULL,
    provider_calendar_id VARCHAR(1024) NOT NULL,
    event_id VARCHAR(1024) NOT NULL,
    etag VARCHAR(255) NOT NULL,
    attempt INTEGER NOT NULL,
    is_live BOOLEAN NOT NULL,
    meeting_id INTEGER NOT NULL,
    start_time TIMESTAMPTZ NOT NULL,
    end_time TIMESTAMPTZ NOT NULL,
    content_hash BYTEA NOT NULL,
    written_at TIMESTAMPTZ NOT NULL,
    attendee_response VARCHAR(10) NOT NULL DEFAULT 'none'
        CONSTRAINT meeting_calendar_events_response CHECK (attendee_response IN ('none', 'accepted', 'tentative', 'declined')),
    PRIMARY KEY (chain_id, user_id)
);
CREATE INDEX meeting_calendar_events_event ON meeting_calendar_events (calendar_connection_id, event_id);

-- Whatever changes a meeting's time, status or hosts, in whichever way, leaves work for the hosts' calendars. The row says
-- whose; what is to be written is read when it is written. Who writes no calendar costs one look-up.
CREATE FUNCTION calendar_write_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (kind, effect_key, meeting_id, payload, available_at, created_at)
  SELECT 'calendar_write', concat_ws(':', 'calendar', changed.user_id, pg_current_xact_id()), changed.meeting_id,
         jsonb_build_object('user_id', changed.user_id::text), m.updated_at, m.updated_at
    FROM (SELECT DISTINCT meeting_id, user_id FROM changed) AS changed
    JOIN scheduled_meetings m ON m.id = changed.meeting_id
   WHERE m.status NOT IN ('completed', 'no_show')
     AND (EXISTS (SELECT FROM connected_calendars c WHERE c.user_id = changed.user_id AND c.writes_meetings)
          OR EXISTS (SELECT FROM meeting_calendar_events e
                      WHERE e.chain_id = m.chain_id AND e.user_id = changed.user_id AND e.is_live))
  ON CONFLICT (meeting_id, effect_key) DO NOTHING;
  RETURN NULL;
END $$;
CREATE FUNCTION calendar_rewrite_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (kind, effect_key, meeting_id, payload, available_at, created_at)
  SELECT 'calendar_write', concat_ws(':', 'calendar', either.user_id, pg_current_xact_id()), either.meeting_id,
         jsonb_build_object('user_id', either.user_id::text), m.updated_at, m.updated_at
    FROM (SELECT meeting_id, user_id FROM before UNION SELECT meeting_id, user_id FROM changed) AS either
    JOIN scheduled_meetings m ON m.id = either.meeting_id
   WHERE m.status NOT IN ('completed', 'no_show')
     AND (EXISTS (SELECT FROM connected_calendars c WHERE c.user_id = either.user_id AND c.writes_meetings)
          OR EXISTS (SELECT FROM meeting_calendar_events e
                      WHERE e.chain_id = m.chain_id AND e.user_id = either.user_id AND e.is_live))
  ON CONFLICT (meeting_id, effect_key) DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER calendar_written_by_insert AFTER INSERT ON meeting_hosts
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION calendar_write_wanted();
CREATE TRIGGER calendar_written_by_update AFTER UPDATE ON meeting_hosts
    REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION calendar_rewrite_wanted();
