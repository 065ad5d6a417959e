-- why: another host takes a meeting over; the exclusion constraint has the last word on whether that host is free
-- index: scheduled_meetings_pkey, meeting_hosts_pkey, meeting_hosts_no_overlap
-- returns: id; no row when the meeting is no longer live. An overlap fails with the constraint's name
WITH meeting AS (
  UPDATE scheduled_meetings
     SET host_user_id = CASE WHEN host_user_id = $4 THEN $2 ELSE host_user_id END, updated_at = $3,
         ical_sequence = ical_sequence + 1,
         -- The room is the first host's, and goes with them.
         join_url = CASE WHEN host_user_id = $4 THEN NULL ELSE join_url END,
         location = CASE WHEN join_url IS NULL OR host_user_id <> $4 THEN location ELSE $15 END,
         host_timezone = $11, host_offset_minutes = $12::integer, host_offset_now_minutes = NULL,
         wall_time_zone_data = CASE WHEN attendee_offset_now_minutes IS NOT NULL THEN wall_time_zone_data END,
         wall_time_changed_at = CASE WHEN attendee_offset_now_minutes IS NOT NULL THEN wall_time_changed_at END
   WHERE id = $1 AND status IN ('scheduled', 'pending')
  RETURNING id, ical_sequence
), host AS (
  UPDATE meeting_hosts SET user_id = $2
    FROM meeting
   WHERE meeting_hosts.meeting_id = meeting.id AND meeting_hosts.user_id = $4
), audit AS (
  {{audit_rows | from: meeting | meeting: meeting.id | action: $5 | actor: $6 | user: $7::integer | request: $8
               | details: $9::jsonb | assigned: $2 | reason: 'reassigned'
               | strategy: $13::varchar | considered: $14::jsonb | now: $3}}
), messages AS (
  {{outbox_rows | from: meeting | meeting: meeting.id | key: meeting.ical_sequence, message.kind | messages: $10::jsonb
                | due: NULL | now: $3}}
  ON CONFLICT (meeting_id, effect_key) DO NOTHING
)
SELECT id FROM meeting
