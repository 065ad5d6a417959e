-- why: a rep's own meetings in a span of time
-- index: meeting_hosts_user, scheduled_meetings_pkey
-- returns: meeting columns, by start and id; one row more than asked tells that there are more
SELECT {{columns scheduled_meetings m}}
  FROM meeting_hosts h JOIN scheduled_meetings m ON m.id = h.meeting_id
 WHERE h.user_id = $11 AND h.start_time >= $1::timestamptz AND h.start_time < $2::timestamptz AND {{meeting_filter | from: $1 | until: $2 | status: $3 | type: $4 | text: $5 | ends_after: $6 | ends_by: $7 | needs_host: $12}}
   AND (h.start_time, h.meeting_id) > ($8::timestamptz, $9::integer)
 ORDER BY h.start_time, h.meeting_id
 LIMIT $10
