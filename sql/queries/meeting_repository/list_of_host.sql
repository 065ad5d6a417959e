-- why: a rep's own meetings in a span of time
-- index: scheduled_meetings_host
-- returns: meeting columns, by start and id; one row more than asked tells that there are more
SELECT {{columns scheduled_meetings m}}
  FROM scheduled_meetings m
 WHERE m.host_user_id = $11 AND {{meeting_filter | from: $1 | until: $2 | status: $3 | type: $4 | text: $5 | ends_after: $6 | ends_by: $7 | needs_host: $12}}
   AND (m.start_time, m.id) > ($8::timestamptz, $9::integer)
 ORDER BY m.start_time, m.id
 LIMIT $10
