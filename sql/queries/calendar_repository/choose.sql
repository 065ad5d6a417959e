-- why: which calendars block and which one is written to. What blocks no longer is forgotten, and read anew if it blocks
--      again; the writer is taken from the user's other calendars first
-- index: connected_calendars_pkey, connected_calendars_writer
-- returns: nothing
WITH chosen AS (
  SELECT each.id, each.checks_conflicts, each.writes_meetings
    FROM jsonb_to_recordset($2::jsonb) AS each(id varchar, checks_conflicts boolean, writes_meetings boolean)
), forgotten AS (
  DELETE FROM external_busy b
   USING connected_calendars l, chosen
   WHERE l.calendar_connection_id = $1 AND l.provider_calendar_id = chosen.id AND b.connected_calendar_id = l.id
     AND NOT chosen.checks_conflicts
)
UPDATE connected_calendars l
   SET checks_conflicts = chosen.checks_conflicts, writes_meetings = chosen.writes_meetings,
       sync_token = CASE WHEN chosen.checks_conflicts AND l.checks_conflicts THEN l.sync_token END
  FROM chosen
 WHERE l.calendar_connection_id = $1 AND l.provider_calendar_id = chosen.id
