-- Why: a function in SQL is parsed and planned in each statement that calls it, which was a quarter of what a booking cost
-- the database. In PL/pgSQL its statements are planned once a connection. What it writes is the same; nothing is asked of
-- a statement that touched no meeting.
DROP FUNCTION want_calendar_writes(integer[], integer[]);
CREATE FUNCTION want_calendar_writes(meetings integer[], hosts integer[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF meetings IS NULL THEN
    RETURN;
  END IF;
  IF EXISTS (SELECT FROM scheduled_meetings m WHERE m.id = ANY (meetings) AND m.location_kind = 'zoom') THEN
    INSERT INTO outbox (kind, effect_key, meeting_id, payload, available_at, created_at)
    SELECT 'room_write', concat_ws(':', 'room', pg_current_xact_id()), m.id, '{}'::jsonb, m.updated_at, m.updated_at
      FROM scheduled_meetings m
     WHERE m.id = ANY (meetings) AND m.location_kind = 'zoom' AND m.status NOT IN ('completed', 'no_show')
       AND (m.status = 'scheduled' OR EXISTS (SELECT FROM meeting_rooms r WHERE r.chain_id = m.chain_id AND r.stage <> 'gone'))
    ON CONFLICT (meeting_id, effect_key) DO NOTHING;
  END IF;
  -- Most hosts of a CRM may have connected no calendar: then there is nothing more to ask.
  IF NOT EXISTS (SELECT FROM connected_calendars c WHERE c.user_id = ANY (hosts) AND c.writes_meetings)
     AND NOT EXISTS (SELECT FROM meeting_calendar_events e JOIN scheduled_meetings m ON m.chain_id = e.chain_id
                      WHERE m.id = ANY (meetings) AND e.is_live) THEN
    RETURN;
  END IF;
  INSERT INTO outbox (kind, effect_key, meeting_id, payload, available_at, created_at)
  SELECT 'calendar_write', concat_ws(':', 'calendar', pair.user_id, pg_current_xact_id()), m.id,
         jsonb_build_object('user_id', pair.user_id::text), m.updated_at, m.updated_at
    FROM (SELECT DISTINCT each.meeting_id, each.user_id FROM unnest(meetings, hosts) AS each(meeting_id, user_id)) AS pair
    JOIN scheduled_meetings m ON m.id = pair.meeting_id
   WHERE m.status NOT IN ('completed', 'no_show')
     AND (EXISTS (SELECT FROM connected_calendars c WHERE c.user_id = pair.user_id AND c.writes_meetings)
          OR EXISTS (SELECT FROM meeting_calendar_events e
                      WHERE e.chain_id = m.chain_id AND e.user_id = pair.user_id AND e.is_live))
  ON CONFLICT (meeting_id, effect_key) DO NOTHING;
END $$;
