-- why: hosts' meetings that occupy time or count against limits (B-4, B-6); a meeting lasts 12 hours at most.
--      OFFSET 0 keeps the look-up by id one: a join planned while the table is small stays a walk over it
-- index: meeting_hosts_user, scheduled_meetings_pkey
-- returns: user_id, meeting id, type id, start, end, the buffers it was booked with, status
SELECT h.user_id, m.id, m.meeting_type_id, h.start_time, h.end_time, m.buffer_before_minutes, m.buffer_after_minutes, m.status
  FROM meeting_hosts h
 CROSS JOIN LATERAL (SELECT s.id, s.meeting_type_id, s.buffer_before_minutes, s.buffer_after_minutes, s.status
                       FROM scheduled_meetings s
                      WHERE s.id = h.meeting_id
                     OFFSET 0) AS m
 WHERE h.user_id = ANY ($1::integer[])
   AND h.start_time > $2::timestamptz - interval '1 day' AND h.start_time < $3 AND h.end_time > $2
   AND m.status IN ('scheduled', 'pending', 'completed', 'no_show')
 ORDER BY h.user_id, h.start_time, m.id
