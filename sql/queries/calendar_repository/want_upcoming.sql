-- why: meetings that are ahead when a calendar begins to be written to belong into it
-- index: meeting_hosts_user, scheduled_meetings_pkey
-- returns: nothing
WITH rooms AS (
  INSERT INTO outbox (kind, effect_key, meeting_id, payload, available_at, created_at)
  SELECT 'room_write', concat_ws(':', 'room', pg_current_xact_id()), m.id, '{}'::jsonb, $2::timestamptz, $2::timestamptz
    FROM meeting_hosts h JOIN scheduled_meetings m ON m.id = h.meeting_id
   WHERE h.user_id = $1 AND h.start_time > $2::timestamptz AND m.status = 'scheduled' AND m.host_user_id = $1
     AND m.location_kind = 'zoom' AND m.join_url IS NULL
  ON CONFLICT (meeting_id, effect_key) DO NOTHING
)
INSERT INTO outbox (kind, effect_key, meeting_id, payload, available_at, created_at)
SELECT 'calendar_write', concat_ws(':', 'calendar', h.user_id, pg_current_xact_id()), h.meeting_id,
       jsonb_build_object('user_id', h.user_id::text), $2::timestamptz, $2::timestamptz
  FROM meeting_hosts h JOIN scheduled_meetings m ON m.id = h.meeting_id
 WHERE h.user_id = $1 AND h.start_time > $2::timestamptz AND m.status = 'scheduled'
ON CONFLICT (meeting_id, effect_key) DO NOTHING
