-- why: that somebody was forgotten is noted, and not who
-- index: none
-- returns: nothing
{{audit_rows | from: (VALUES (NULL::integer)) AS nothing(meeting) | meeting: nothing.meeting | action: 'erased' | actor: $1
             | user: $2::integer | request: $3 | details: $4::jsonb | assigned: NULL | reason: NULL | strategy: NULL | considered: NULL | now: $5::timestamptz}}
