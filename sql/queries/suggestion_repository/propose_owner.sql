-- why: a contact went to another owner: its meetings that are ahead may go with it. What was proposed for an earlier owner,
-- and what the owner hosts by now, is proposed no more
-- index: scheduled_meetings_contact, suggestions_by_contact, meeting_hosts_pkey, suggestions_open
-- returns: nothing
WITH ahead AS (
  SELECT m.id, m.host_user_id
    FROM scheduled_meetings m
   WHERE m.contact_id = $1 AND m.status IN ('scheduled', 'pending') AND m.start_time > $3::timestamptz
     AND NOT EXISTS (SELECT FROM meeting_hosts h WHERE h.meeting_id = m.id AND h.user_id = $2)
), stale AS (
  DELETE FROM suggestions s
   WHERE s.contact_id = $1 AND s.kind = 'reassign' AND s.status = 'open'
     AND NOT EXISTS (SELECT FROM ahead WHERE ahead.id = s.meeting_id AND s.proposed = $2::text)
)
INSERT INTO suggestions (kind, contact_id, meeting_id, field, current, proposed, created_at)
SELECT 'reassign', $1, ahead.id, concat('host_user_id#', ahead.id), ahead.host_user_id::text, $2::text, $3::timestamptz
  FROM ahead
 WHERE $2::integer IS NOT NULL
ON CONFLICT (contact_id, kind, field, md5(proposed)) WHERE status = 'open' DO NOTHING
