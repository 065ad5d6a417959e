-- why: requests that their hosts did not answer in time
-- index: scheduled_meetings_requests
-- returns: ids, oldest first; each is looked at again under its lock
SELECT id
  FROM scheduled_meetings
 WHERE status = 'pending' AND confirm_by <= $1::timestamptz
 ORDER BY confirm_by
 LIMIT $2
