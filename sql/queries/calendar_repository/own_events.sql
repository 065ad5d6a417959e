-- why: which of the events that a calendar names are ours
-- index: meeting_calendar_events_event
-- returns: as find_event
SELECT chain_id, user_id, calendar_connection_id, provider_calendar_id, event_id, etag, attempt, is_live, meeting_id,
       start_time, end_time, content_hash, attendee_response, room_url, host_move, host_move_rule
  FROM meeting_calendar_events
 WHERE calendar_connection_id = $1 AND event_id IN (SELECT jsonb_array_elements_text($2::jsonb))
