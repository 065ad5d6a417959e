-- why: every figure is grouped alike; a page and a meeting type keep their key when they were renamed
-- takes: group, at, zone
--   group: month, page, meeting_type, host, source, or NULL for no groups. at: the instant that counts. zone: in which
--   months begin
CASE {{group}}::text
    WHEN 'month' THEN to_char({{at}} AT TIME ZONE {{zone}}::text, 'YYYY-MM')
    WHEN 'page' THEN (SELECT t.scheduling_page_id::text FROM meeting_types t WHERE t.id = m.meeting_type_id)
    WHEN 'meeting_type' THEN m.meeting_type_id::text
    WHEN 'host' THEN m.host_user_id::text
    WHEN 'source' THEN COALESCE(m.utm->>'source', '')
  END
