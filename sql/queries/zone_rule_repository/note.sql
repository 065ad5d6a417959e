-- why: what the clocks show now where it is not what was agreed, or is again; the instant is never touched
-- index: scheduled_meetings_pkey
-- returns: id of each meeting whose note changed
WITH changed AS (
  UPDATE scheduled_meetings m
     SET host_offset_now_minutes = noted.host, attendee_offset_now_minutes = noted.attendee,
         wall_time_zone_data = CASE WHEN COALESCE(noted.host, noted.attendee) IS NOT NULL THEN $5::varchar END,
         wall_time_changed_at = CASE WHEN COALESCE(noted.host, noted.attendee) IS NOT NULL THEN $6::timestamptz END
    FROM unnest($1::integer[], $2::varchar[], $3::integer[], $4::integer[]) AS noted(id, host_zone, host, attendee)
   WHERE m.id = noted.id AND m.host_timezone = noted.host_zone AND m.status IN ('scheduled', 'pending')
     AND (m.host_offset_now_minutes, m.attendee_offset_now_minutes) IS DISTINCT FROM (noted.host, noted.attendee)
  RETURNING m.id, m.wall_time_changed_at, m.host_timezone, m.host_offset_minutes, m.host_offset_now_minutes,
            m.timezone, m.attendee_offset_minutes, m.attendee_offset_now_minutes
), audit AS (
  {{audit_rows
    | from: changed | meeting: changed.id
    | action: CASE WHEN changed.wall_time_changed_at IS NULL THEN 'wall_time_restored' ELSE 'wall_time_changed' END
    | actor: 'system' | user: NULL | request: NULL
    | details: jsonb_build_object(
        'zone_data', $5::varchar,
        'host', concat(changed.host_timezone, ' ', changed.host_offset_minutes, ' ', changed.host_offset_now_minutes),
        'attendee', concat(changed.timezone, ' ', changed.attendee_offset_minutes, ' ',
                           changed.attendee_offset_now_minutes))
    | assigned: NULL | reason: NULL | strategy: NULL | considered: NULL | now: $6::timestamptz}}
)
SELECT id FROM changed
