-- why: the four lists of meetings are narrowed alike
-- takes: from, until, status, type, text, ends_after, ends_by, needs_host
--   needs_host: only those that are ahead and whose host left, or whose contact went to another owner
--   text: part of the attendee's name or address, in any letter case. ends_after, ends_by: what is not over, what is
m.start_time >= {{from}}::timestamptz AND m.start_time < {{until}}::timestamptz
   AND ({{status}}::varchar IS NULL OR m.status = {{status}})
   AND ({{type}}::integer IS NULL OR m.meeting_type_id = {{type}})
   AND ({{text}}::text IS NULL OR position(lower({{text}}) IN lower(m.attendee_name)) > 0
        OR position(lower({{text}}) IN lower(m.attendee_email)) > 0)
   AND ({{ends_after}}::timestamptz IS NULL OR m.end_time > {{ends_after}})
   AND ({{ends_by}}::timestamptz IS NULL OR m.end_time <= {{ends_by}})
   AND (NOT {{needs_host}}::boolean
        OR (m.status IN ('scheduled', 'pending')
            AND (EXISTS (SELECT FROM meeting_hosts h JOIN absent_hosts a ON a.user_id = h.user_id WHERE h.meeting_id = m.id)
                 OR EXISTS (SELECT FROM scheduled_meetings c JOIN suggestions s ON s.meeting_id = c.id
                             WHERE c.chain_id = m.chain_id AND s.kind = 'reassign' AND s.status = 'open'))))
