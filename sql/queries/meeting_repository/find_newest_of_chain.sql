-- why: after the chain's token row is locked, its newest meeting as everybody committed it
-- index: scheduled_meetings_chain
-- returns: meeting columns, or no row
SELECT m.id, m.meeting_type_id, m.host_user_id, m.contact_id, m.attendee_name, m.attendee_email, m.start_time, m.end_time, m.timezone, m.location, m.notes, m.answers, m.status, m.calendar_event_id, m.reminder_sent, m.created_at, m.updated_at, m.rescheduled_from_id, m.chain_id, m.ical_uid, m.ical_sequence, m.phone, m.guests, m.locale, m.utm, m.cancelled_at, m.cancelled_by, m.cancel_reason, m.buffer_before_minutes, m.buffer_after_minutes, m.host_timezone, m.host_offset_minutes, m.attendee_offset_minutes, m.host_offset_now_minutes, m.attendee_offset_now_minutes, m.wall_time_zone_data, m.confirm_by, m.mail_failures
  FROM scheduled_meetings m
 WHERE m.chain_id = $1
 ORDER BY m.id DESC
 LIMIT 1
   FOR UPDATE
