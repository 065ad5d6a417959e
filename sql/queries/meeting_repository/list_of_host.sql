-- why: a rep's own meetings in a span of time
-- index: scheduled_meetings_host
-- returns: meeting columns, by start and id; one row more than asked tells that there are more
SELECT {{columns scheduled_meetings m}}
  FROM scheduled_meetings m
 WHERE m.host_user_id = $1
   AND m.start_time >= $2::timestamptz AND m.start_time < $3::timestamptz
   AND ($4::varchar IS NULL OR m.status = $4)
   AND (m.start_time, m.id) > ($5::timestamptz, $6::integer)
 ORDER BY m.start_time, m.id
 LIMIT $7
