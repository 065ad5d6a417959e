-- why: what was written about a meeting, its moves included, into a host's calendar
-- index: meeting_calendar_events_pkey
-- returns: the event, or no row
SELECT chain_id, user_id, calendar_connection_id, provider_calendar_id, event_id, etag, attempt, is_live, meeting_id,
       start_time, end_time, content_hash, attendee_response, room_url, host_move, host_move_rule
  FROM meeting_calendar_events
 WHERE chain_id = $1 AND user_id = $2
