-- why: what belongs to the connections that list() gives
-- index: connected_calendars_calendar_connection_id_provider_calenda_key, external_busy_event,
--        meeting_calendar_events_placed
-- returns: by connection, the primary first, then by name; at the end how many of its events block, and whether hosts put
--          events of meetings into it
SELECT l.calendar_connection_id, l.id, l.provider_calendar_id, l.name, l.timezone, l.is_primary, l.can_write,
       l.checks_conflicts, l.writes_meetings, l.sync_token, l.horizon_end,
       (SELECT count(*) FROM external_busy b WHERE b.connected_calendar_id = l.id),
       EXISTS (SELECT FROM meeting_calendar_events e
                WHERE e.calendar_connection_id = l.calendar_connection_id
                  AND e.provider_calendar_id = l.provider_calendar_id AND e.is_placed AND e.is_live)
  FROM connected_calendars l JOIN calendar_connections c ON c.id = l.calendar_connection_id
 WHERE ($1::integer IS NULL OR c.user_id = $1) AND ($2::integer IS NULL OR c.id = $2)
 ORDER BY l.calendar_connection_id, NOT l.is_primary, l.name, l.id
