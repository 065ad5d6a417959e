-- why: an admin sees everybody's meetings
-- index: scheduled_meetings_start
-- returns: meeting columns, by start and id
SELECT {{columns scheduled_meetings m}}
  FROM scheduled_meetings m
 WHERE m.start_time >= $1::timestamptz AND m.start_time < $2::timestamptz
   AND ($3::varchar IS NULL OR m.status = $3)
   AND (m.start_time, m.id) > ($4::timestamptz, $5::integer)
 ORDER BY m.start_time, m.id
 LIMIT $6
