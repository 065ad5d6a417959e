-- why: every figure counts the meetings of the same hosts; a meeting with several hosts is each one's
-- takes: host
--   host: whose meetings, NULL for everybody's
({{host}}::integer IS NULL OR m.host_user_id = {{host}}
    OR EXISTS (SELECT FROM meeting_hosts h WHERE h.meeting_id = m.id AND h.user_id = {{host}}))
