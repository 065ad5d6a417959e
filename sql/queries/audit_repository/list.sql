-- why: who changed what, the latest first. A meeting that was moved is asked about with its whole chain
-- index: scheduling_audit_pkey, scheduling_audit_meeting, scheduling_audit_created
-- returns: id, action, actor, user, meeting, details, when, assigned host, why they
SELECT a.id, a.action, a.actor, a.user_id, a.meeting_id, a.details, a.created_at, a.assigned_user_id, a.assignment_reason
  FROM scheduling_audit a
 WHERE a.id < $1
   AND ($2::integer IS NULL OR a.meeting_id IN (SELECT c.id FROM scheduled_meetings m
                                                  JOIN scheduled_meetings c ON c.chain_id = m.chain_id
                                                 WHERE m.id = $2))
   AND ($3::integer IS NULL OR a.user_id = $3)
   AND a.created_at >= $4::timestamptz AND a.created_at < $5::timestamptz
 ORDER BY a.id DESC
 LIMIT $6
