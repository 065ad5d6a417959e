-- why: which of the events that a calendar names are ours, by their ids or by their UIDs
-- index: meeting_calendar_events_event, scheduled_meetings_uid, meeting_calendar_events_pkey
-- returns: as find_event
SELECT e.chain_id, e.user_id, e.calendar_connection_id, e.provider_calendar_id, e.event_id, e.etag, e.attempt, e.is_live,
       e.meeting_id, e.start_time, e.end_time, e.content_hash, e.attendee_response, e.room_url, e.host_move,
       e.host_move_rule, e.is_placed, m.ical_uid
  FROM meeting_calendar_events e JOIN scheduled_meetings m ON m.id = e.chain_id
 WHERE (e.chain_id, e.user_id) IN (
         SELECT chain_id, user_id FROM meeting_calendar_events
          WHERE calendar_connection_id = $1 AND event_id IN (SELECT jsonb_array_elements_text($2::jsonb))
         UNION
         SELECT other.chain_id, other.user_id
           FROM scheduled_meetings first JOIN meeting_calendar_events other ON other.chain_id = first.id
          WHERE first.rescheduled_from_id IS NULL AND first.ical_uid IN (SELECT jsonb_array_elements_text($3::jsonb))
            AND other.calendar_connection_id = $1)
