-- Why: a video call gets its room from the provider of its host's calendar, or from Zoom. What was made is remembered,
-- so that a move changes the same room and a cancellation takes it away.
ALTER TABLE meeting_calendar_events
    ADD COLUMN room_url TEXT,
    -- What became of a host's own move in their calendar, for people to see.
    ADD COLUMN host_move VARCHAR(20)
        CONSTRAINT meeting_calendar_events_host_move CHECK (host_move IN ('outside_rules', 'put_back')),
    ADD COLUMN host_move_rule VARCHAR(40);

-- Rooms that are no event's: Zoom's. The wish is written before it is told, because Zoom knows no key by which a wish
-- that is told twice is one room.
CREATE TABLE meeting_rooms (
    chain_id INTEGER PRIMARY KEY REFERENCES scheduled_meetings(id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users(id),
    calendar_connection_id INTEGER REFERENCES calendar_connections(id) ON DELETE SET NULL,
    stage VARCHAR(10) NOT NULL CONSTRAINT meeting_rooms_stage CHECK (stage IN ('wished', 'made', 'gone')),
    room_id VARCHAR(64) NOT NULL DEFAULT '',
    join_url TEXT NOT NULL DEFAULT '',
    start_time TIMESTAMPTZ NOT NULL,
    end_time TIMESTAMPTZ NOT NULL,
    topic_hash BYTEA NOT NULL,
    wished_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX meeting_rooms_user ON meeting_rooms (user_id, wished_at);

-- Providers that tell when something changed. It is a hint; who may give it is known by its secret, of which only a
-- digest stands here.
CREATE TABLE calendar_push (
    connected_calendar_id BIGINT PRIMARY KEY REFERENCES connected_calendars(id) ON DELETE CASCADE,
    channel_id VARCHAR(255) NOT NULL UNIQUE,
    secret_hash BYTEA NOT NULL CHECK (octet_length(secret_hash) = 32),
    resource_id VARCHAR(1024) NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);

-- One function for both triggers: whose calendar may no longer show which meeting. A meeting on Zoom has its room beside.
CREATE FUNCTION want_calendar_writes(meetings integer[], hosts integer[]) RETURNS void LANGUAGE sql AS $$
  WITH pair AS (
    SELECT DISTINCT each.meeting_id, each.user_id FROM unnest(meetings, hosts) AS each(meeting_id, user_id)
  ), rooms AS (
    INSERT INTO outbox (kind, effect_key, meeting_id, payload, available_at, created_at)
    SELECT DISTINCT 'room_write', concat_ws(':', 'room', pg_current_xact_id()), m.id, '{}'::jsonb, m.updated_at, m.updated_at
      FROM pair JOIN scheduled_meetings m ON m.id = pair.meeting_id
     WHERE m.location_kind = 'zoom' AND m.status NOT IN ('completed', 'no_show')
       AND (m.status = 'scheduled' OR EXISTS (SELECT FROM meeting_rooms r WHERE r.chain_id = m.chain_id AND r.stage <> 'gone'))
    ON CONFLICT (meeting_id, effect_key) DO NOTHING
  )
  INSERT INTO outbox (kind, effect_key, meeting_id, payload, available_at, created_at)
  SELECT 'calendar_write', concat_ws(':', 'calendar', pair.user_id, pg_current_xact_id()), m.id,
         jsonb_build_object('user_id', pair.user_id::text), m.updated_at, m.updated_at
    FROM pair JOIN scheduled_meetings m ON m.id = pair.meeting_id
   WHERE m.status NOT IN ('completed', 'no_show')
     AND (EXISTS (SELECT FROM connected_calendars c WHERE c.user_id = pair.user_id AND c.writes_meetings)
          OR EXISTS (SELECT FROM meeting_calendar_events e
                      WHERE e.chain_id = m.chain_id AND e.user_id = pair.user_id AND e.is_live))
  ON CONFLICT (meeting_id, effect_key) DO NOTHING;
$$;
CREATE OR REPLACE FUNCTION calendar_write_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM want_calendar_writes(array_agg(meeting_id), array_agg(user_id)) FROM changed;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION calendar_rewrite_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM want_calendar_writes(array_agg(meeting_id), array_agg(user_id))
     FROM (SELECT meeting_id, user_id FROM before UNION SELECT meeting_id, user_id FROM changed) AS either;
  RETURN NULL;
END $$;
