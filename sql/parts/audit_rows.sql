-- why: every change of a meeting is noted with who did it, in the statement that makes it
-- takes: from, meeting, action, actor, user, request, details, now
INSERT INTO scheduling_audit (action, actor, user_id, meeting_id, request_id, details, created_at)
SELECT {{action}}, {{actor}}, {{user}}, {{meeting}}, {{request}}, {{details}}, {{now}}
  FROM {{from}}
