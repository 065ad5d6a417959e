-- why: another host takes a meeting over; the exclusion constraint has the last word on whether that host is free
-- index: scheduled_meetings_pkey, meeting_hosts_pkey, meeting_hosts_no_overlap
-- returns: id; no row when the meeting is no longer live. An overlap fails with the constraint's name
WITH meeting AS (
  UPDATE scheduled_meetings
     SET host_user_id = $2, updated_at = $3, ical_sequence = ical_sequence + 1,
         host_timezone = $11, host_offset_minutes = $12::integer, host_offset_now_minutes = NULL,
         wall_time_zone_data = CASE WHEN attendee_offset_now_minutes IS NOT NULL THEN wall_time_zone_data END,
         wall_time_changed_at = CASE WHEN attendee_offset_now_minutes IS NOT NULL THEN wall_time_changed_at END
   WHERE id = $1 AND status IN ('scheduled', 'pending')
  RETURNING id, ical_sequence
), host AS (
  UPDATE meeting_hosts SET user_id = $2
    FROM meeting
   WHERE meeting_hosts.meeting_id = meeting.id AND meeting_hosts.user_id = $4
), assignment AS (
  INSERT INTO meeting_assignments (meeting_id, user_id, reason, skipped, created_at)
  SELECT meeting.id, $2, 'reassigned', '[]'::jsonb, $3
    FROM meeting
), audit AS (
  INSERT INTO scheduling_audit (action, actor, user_id, meeting_id, request_id, details, created_at)
  SELECT $5, $6, $7::integer, meeting.id, $8, $9::jsonb, $3
    FROM meeting
), effects AS (
  INSERT INTO outbox (kind, effect_key, meeting_id, recipient, payload, available_at, created_at)
  SELECT effect.kind,
         concat_ws(':', meeting.id, meeting.ical_sequence, effect.kind, md5(effect.recipient)),
         meeting.id, effect.recipient, COALESCE(effect.payload, '{}'::jsonb), $3, $3
    FROM meeting, jsonb_to_recordset($10::jsonb) AS effect(kind varchar, recipient varchar, payload jsonb)
  ON CONFLICT (meeting_id, effect_key) DO NOTHING
)
SELECT id FROM meeting
