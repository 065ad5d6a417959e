-- why: an admin sees everybody's meetings
-- index: scheduled_meetings_start
-- returns: meeting columns, by start and id
SELECT {{columns scheduled_meetings m}}
  FROM scheduled_meetings m
 WHERE {{meeting_filter | from: $1 | until: $2 | status: $3 | type: $4 | text: $5 | ends_after: $6 | ends_by: $7 | needs_host: $11}}
   AND (m.start_time, m.id) > ($8::timestamptz, $9::integer)
 ORDER BY m.start_time, m.id
 LIMIT $10
