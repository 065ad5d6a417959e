-- why: the calendars of an account as the provider lists them; what the user chose stays. At first the primary calendar
--      blocks, and is written to when no other calendar of the user is
-- index: connected_calendars_calendar_connection_id_provider_calenda_key, connected_calendars_writer
-- returns: nothing
WITH listed AS (
  SELECT known.id, known.name, known.timezone, known.is_primary, known.can_write
    FROM jsonb_to_recordset($3::jsonb)
         AS known(id varchar, name varchar, timezone varchar, is_primary boolean, can_write boolean)
), gone AS (
  DELETE FROM connected_calendars c
   WHERE c.calendar_connection_id = $1 AND c.provider_calendar_id NOT IN (SELECT id FROM listed)
)
INSERT INTO connected_calendars (calendar_connection_id, user_id, provider_calendar_id, name, timezone, is_primary,
                                 can_write, checks_conflicts, writes_meetings)
SELECT $1, $2, listed.id, listed.name, listed.timezone, listed.is_primary, listed.can_write,
       listed.is_primary AND $4::boolean,
       listed.is_primary AND listed.can_write AND $4::boolean
       AND NOT EXISTS (SELECT FROM connected_calendars other WHERE other.user_id = $2 AND other.writes_meetings)
  FROM listed
ON CONFLICT (calendar_connection_id, provider_calendar_id) DO UPDATE
   SET name = excluded.name, timezone = excluded.timezone, is_primary = excluded.is_primary,
       can_write = excluded.can_write,
       sync_token = CASE WHEN connected_calendars.timezone = excluded.timezone THEN connected_calendars.sync_token END
