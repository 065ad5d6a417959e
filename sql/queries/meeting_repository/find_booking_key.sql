-- why: a repeated booking request is answered with the meeting it made (B-7)
-- index: booking_keys_pkey, scheduled_meetings_chain, manage_tokens_pkey
-- returns: meeting columns of the chain's newest, the body's hash, the sealed token; or no row
SELECT m.id, m.meeting_type_id, m.host_user_id, m.contact_id, m.attendee_name, m.attendee_email, m.start_time, m.end_time, m.timezone, m.location, m.notes, m.answers, m.status, m.calendar_event_id, m.reminder_sent, m.created_at, m.updated_at, m.rescheduled_from_id, m.chain_id, m.ical_uid, m.ical_sequence, m.phone, m.guests, m.locale, m.utm, m.cancelled_at, m.cancelled_by, m.cancel_reason, m.buffer_before_minutes, m.buffer_after_minutes, m.host_timezone, m.host_offset_minutes, m.attendee_offset_minutes, m.host_offset_now_minutes, m.attendee_offset_now_minutes, m.wall_time_zone_data, m.confirm_by, m.mail_failures, b.body_hash, k.token_sealed
  FROM booking_keys b
  JOIN LATERAL (SELECT newest.id FROM scheduled_meetings newest
                 WHERE newest.chain_id = b.chain_id ORDER BY newest.id DESC LIMIT 1) AS last ON true
  JOIN scheduled_meetings m ON m.id = last.id
  LEFT JOIN manage_tokens k ON k.chain_id = b.chain_id
 WHERE b.meeting_type_id = $1 AND b.idempotency_key = $2
