-- why: what was written about a meeting, its moves included, into a host's calendar
-- index: meeting_calendar_events_pkey, scheduled_meetings_pkey
-- returns: the event, with the meeting's UID, or no row
SELECT e.chain_id, e.user_id, e.calendar_connection_id, e.provider_calendar_id, e.event_id, e.etag, e.attempt, e.is_live,
       e.meeting_id, e.start_time, e.end_time, e.content_hash, e.attendee_response, e.room_url, e.host_move,
       e.host_move_rule, e.is_placed, m.ical_uid
  FROM meeting_calendar_events e JOIN scheduled_meetings m ON m.id = e.chain_id
 WHERE e.chain_id = $1 AND e.user_id = $2
