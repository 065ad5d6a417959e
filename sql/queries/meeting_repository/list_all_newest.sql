-- why: what everybody's meetings were, for an admin: the last one first
-- index: scheduled_meetings_start
-- returns: meeting columns, by start and id, backwards
SELECT {{columns scheduled_meetings m}}
  FROM scheduled_meetings m
 WHERE {{meeting_filter | from: $1 | until: $2 | status: $3 | type: $4 | text: $5 | ends_after: $6 | ends_by: $7 | needs_host: $11}}
   AND (m.start_time, m.id) < ($8::timestamptz, $9::integer)
 ORDER BY m.start_time DESC, m.id DESC
 LIMIT $10
