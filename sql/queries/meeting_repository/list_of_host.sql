-- why: a rep's own meetings in a span of time
-- index: scheduled_meetings_host
-- returns: meeting columns, by start and id; one row more than asked tells that there are more
SELECT m.id, m.meeting_type_id, m.host_user_id, m.contact_id, m.attendee_name, m.attendee_email, m.start_time, m.end_time, m.timezone, m.location, m.notes, m.answers, m.status, m.calendar_event_id, m.reminder_sent, m.created_at, m.updated_at, m.rescheduled_from_id, m.chain_id, m.ical_uid, m.ical_sequence, m.phone, m.guests, m.locale, m.utm, m.cancelled_at, m.cancelled_by, m.cancel_reason, m.buffer_before_minutes, m.buffer_after_minutes, m.host_timezone, m.host_offset_minutes, m.attendee_offset_minutes, m.host_offset_now_minutes, m.attendee_offset_now_minutes, m.wall_time_zone_data, m.confirm_by, m.mail_failures
  FROM scheduled_meetings m
 WHERE m.host_user_id = $1
   AND m.start_time >= $2::timestamptz AND m.start_time < $3::timestamptz
   AND ($4::varchar IS NULL OR m.status = $4)
   AND (m.start_time, m.id) > ($5::timestamptz, $6::integer)
 ORDER BY m.start_time, m.id
 LIMIT $7
