-- why: an object that was read as a whole has no other occurrences than these
-- index: external_busy_event
-- returns: nothing
DELETE FROM external_busy
 WHERE connected_calendar_id = $1
   AND split_part(external_event_id, '#', 1) IN (SELECT jsonb_array_elements_text($2::jsonb))
   AND external_event_id NOT IN (SELECT jsonb_array_elements_text($3::jsonb))
