-- why: what stands in the host's calendar now. Should a reading have met the event before we knew it as ours, it blocks
--      no longer beside the meeting
-- index: meeting_calendar_events_pkey, external_busy_connection
-- returns: nothing
WITH ours AS (
  DELETE FROM external_busy WHERE calendar_connection_id = $3 AND external_event_id = $5
), first_host AS (
  UPDATE scheduled_meetings SET calendar_event_id = $5
   WHERE id = $9 AND host_user_id = $2 AND calendar_event_id IS DISTINCT FROM left($5, 255)
)
INSERT INTO meeting_calendar_events (chain_id, user_id, calendar_connection_id, provider_calendar_id, event_id, etag,
                                     attempt, is_live, meeting_id, start_time, end_time, content_hash, written_at,
                                     attendee_response, room_url, host_move, host_move_rule, is_placed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
ON CONFLICT (chain_id, user_id) DO UPDATE
   SET calendar_connection_id = excluded.calendar_connection_id, provider_calendar_id = excluded.provider_calendar_id,
       event_id = excluded.event_id, etag = excluded.etag, attempt = excluded.attempt, is_live = excluded.is_live,
       meeting_id = excluded.meeting_id, start_time = excluded.start_time, end_time = excluded.end_time,
       content_hash = excluded.content_hash, written_at = excluded.written_at,
       attendee_response = excluded.attendee_response, room_url = excluded.room_url,
       host_move = excluded.host_move, host_move_rule = excluded.host_move_rule,
       is_placed = excluded.is_placed
