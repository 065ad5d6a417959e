-- why: a manage link leads to the newest meeting of its chain, however old the mail (B-8)
-- index: manage_tokens_token_hash_key, scheduled_meetings_chain
-- returns: meeting columns and when the link expires, or no row
SELECT m.id, m.meeting_type_id, m.host_user_id, m.contact_id, m.attendee_name, m.attendee_email, m.start_time, m.end_time, m.timezone, m.location, m.notes, m.answers, m.status, m.calendar_event_id, m.reminder_sent, m.created_at, m.updated_at, m.rescheduled_from_id, m.chain_id, m.ical_uid, m.ical_sequence, m.phone, m.guests, m.locale, m.utm, m.cancelled_at, m.cancelled_by, m.cancel_reason, m.buffer_before_minutes, m.buffer_after_minutes, m.host_timezone, m.host_offset_minutes, m.attendee_offset_minutes, m.host_offset_now_minutes, m.attendee_offset_now_minutes, m.wall_time_zone_data, m.confirm_by, m.mail_failures, k.expires_at
  FROM manage_tokens k
  JOIN LATERAL (SELECT newest.id FROM scheduled_meetings newest
                 WHERE newest.chain_id = k.chain_id ORDER BY newest.id DESC LIMIT 1) AS last ON true
  JOIN scheduled_meetings m ON m.id = last.id
 WHERE k.token_hash = $1
