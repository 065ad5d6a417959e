-- why: the clocks of upcoming meetings, to compare them with the rules now in use, a batch at a time
-- index: scheduled_meetings_start
-- returns: id, start, contact, attendee's zone, host's zone, agreed offsets of host and attendee, noted ones of both
SELECT m.id, m.start_time, m.contact_id, m.timezone, m.host_timezone, m.host_offset_minutes, m.attendee_offset_minutes,
       m.host_offset_now_minutes, m.attendee_offset_now_minutes
  FROM scheduled_meetings m
 WHERE m.status IN ('scheduled', 'pending') AND m.host_timezone IS NOT NULL
   AND (m.start_time, m.id) > ($1::timestamptz, $2::integer)
 ORDER BY m.start_time, m.id
 LIMIT $3
