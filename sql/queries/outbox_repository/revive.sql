-- why: somebody mended the address or the server, and wants a mail that was given up to be tried again; or releases a
--      first mail that a limit held back
-- index: outbox_pkey
-- returns: id; no row when it is not there, not the rep's, or neither failed nor is held
UPDATE outbox o
   SET status = 'waiting', attempts = 0, available_at = $3::timestamptz, done_at = NULL, last_error = NULL
  FROM scheduled_meetings m
 WHERE o.id = $1 AND o.status IN ('dead', 'held') AND m.id = o.meeting_id AND ($2::integer IS NULL OR m.host_user_id = $2
        OR EXISTS (SELECT FROM meeting_hosts h WHERE h.meeting_id = m.id AND h.user_id = $2))
   AND o.kind = ANY ($4::varchar[])
RETURNING o.id
