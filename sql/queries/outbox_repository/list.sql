-- why: what was written to whom about the meetings of a rep, or of everybody for an admin, newest first
-- index: outbox_effect with a meeting, else outbox_pkey backwards; outbox_dead for what failed
-- returns: mails before the position, with their meeting's host; one more than asked tells that there are more
SELECT o.id, o.kind, o.meeting_id, o.recipient, o.payload, o.status, o.attempts, o.last_error, o.due_at,
       o.available_at, o.done_at, o.created_at
  FROM outbox o
  JOIN scheduled_meetings m ON m.id = o.meeting_id
 WHERE o.id < $1
   AND ($2::integer IS NULL OR m.host_user_id = $2
        OR EXISTS (SELECT FROM meeting_hosts h WHERE h.meeting_id = m.id AND h.user_id = $2))
   AND ($3::integer IS NULL OR o.meeting_id = $3)
   AND ($4::varchar IS NULL OR o.status = $4)
   AND o.kind = ANY ($6::varchar[])
 ORDER BY o.id DESC
 LIMIT $5
