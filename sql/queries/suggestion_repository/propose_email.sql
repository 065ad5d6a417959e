-- why: a contact's address changed: its meetings that are ahead go on writing to the former one until somebody decides.
--      A meeting that was booked with an address the record never had is left alone.
--      What was proposed by an earlier change, and what is no longer another address, is proposed no more
-- index: scheduled_meetings_contact, suggestions_by_contact, suggestions_open
-- returns: nothing
WITH ahead AS (
  SELECT m.id, m.attendee_email, COALESCE(m.attendee_key, lower(m.attendee_email)) AS address
    FROM scheduled_meetings m
   WHERE m.contact_id = $1 AND m.status IN ('scheduled', 'pending') AND m.end_time > $4::timestamptz
     AND NOT m.awaits_verification
     AND NOT ($3::jsonb ? COALESCE(m.attendee_key, lower(m.attendee_email)))
), stale AS (
  DELETE FROM suggestions s
   WHERE s.contact_id = $1 AND s.kind = 'attendee_email' AND s.status = 'open'
     AND NOT EXISTS (SELECT FROM ahead WHERE ahead.id = s.meeting_id AND s.proposed = $2)
)
INSERT INTO suggestions (kind, contact_id, meeting_id, field, current, proposed, created_at)
SELECT 'attendee_email', $1, ahead.id, 'attendee_email#' || ahead.id, ahead.attendee_email, $2, $4::timestamptz
  FROM ahead
 WHERE $2::text IS NOT NULL
   AND ($5::jsonb ? ahead.address
        OR EXISTS (SELECT FROM suggestions s WHERE s.kind = 'attendee_email' AND s.status = 'open' AND s.meeting_id = ahead.id))
ON CONFLICT (contact_id, kind, field, md5(proposed)) WHERE status = 'open' DO NOTHING
