-- why: after a reading: which of our events ahead should have been there; $4 NULL: all of them, else those written since
-- index: meeting_calendar_events_event, scheduled_meetings_pkey
-- returns: as find_event
SELECT e.chain_id, e.user_id, e.calendar_connection_id, e.provider_calendar_id, e.event_id, e.etag, e.attempt, e.is_live,
       e.meeting_id, e.start_time, e.end_time, e.content_hash, e.attendee_response,
       e.room_url, e.host_move, e.host_move_rule, e.is_placed, m.ical_uid
  FROM meeting_calendar_events e JOIN scheduled_meetings m ON m.id = e.chain_id
 WHERE e.calendar_connection_id = $1 AND e.provider_calendar_id = $2 AND e.is_live AND e.end_time > $3
   AND ($4::timestamptz IS NULL OR e.written_at >= $4::timestamptz)
