-- why: events that block, of one result page; who is unchanged is not written, so it changes nobody's free times
-- index: external_busy_event
-- returns: nothing
INSERT INTO external_busy (user_id, calendar_connection_id, connected_calendar_id, external_event_id, start_time, end_time)
SELECT l.user_id, l.calendar_connection_id, l.id, event.id, event.start_time, event.end_time
  FROM connected_calendars l,
       jsonb_to_recordset($2::jsonb) AS event(id varchar, start_time timestamptz, end_time timestamptz)
 WHERE l.id = $1 AND l.checks_conflicts
ON CONFLICT (connected_calendar_id, external_event_id) DO UPDATE
   SET start_time = excluded.start_time, end_time = excluded.end_time
 WHERE (external_busy.start_time, external_busy.end_time) IS DISTINCT FROM (excluded.start_time, excluded.end_time)
