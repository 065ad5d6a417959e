-- why: every change of a meeting is noted with who did it, in the statement that makes it
-- takes: from, meeting, action, actor, user, request, details, assigned, reason, strategy, considered, now
--   assigned, reason, strategy, considered: who hosts it from now on and why, else NULL
INSERT INTO scheduling_audit (action, actor, user_id, meeting_id, request_id, details, assigned_user_id,
                              assignment_reason, assignment_strategy, assignment_considered, created_at)
SELECT {{action}}, {{actor}}, {{user}}, {{meeting}}, {{request}}, {{details}}, {{assigned}}, {{reason}},
       {{strategy}}, {{considered}}, {{now}}
  FROM {{from}}
