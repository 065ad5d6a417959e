-- why: after everything was read again: what was not in it is gone. Nothing is freed before all is known
-- index: external_busy_event
-- returns: nothing
DELETE FROM external_busy WHERE connected_calendar_id = $1 AND external_event_id NOT IN (SELECT jsonb_array_elements_text($2::jsonb))
