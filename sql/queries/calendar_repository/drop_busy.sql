-- why: events that are gone or block no longer
-- index: external_busy_event
-- returns: nothing
DELETE FROM external_busy WHERE connected_calendar_id = $1 AND external_event_id IN (SELECT jsonb_array_elements_text($2::jsonb))
