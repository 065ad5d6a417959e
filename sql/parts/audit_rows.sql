-- why: every change of a meeting is noted with who did it, in the statement that makes it
-- takes: from, meeting, action, actor, user, request, details, assigned, reason, now
--   assigned, reason: who hosts it from now on and why, else NULL
INSERT INTO scheduling_audit (action, actor, user_id, meeting_id, request_id, details, assigned_user_id,
                              assignment_reason, created_at)
SELECT {{action}}, {{actor}}, {{user}}, {{meeting}}, {{request}}, {{details}}, {{assigned}}, {{reason}}, {{now}}
  FROM {{from}}
