-- why: the four lists of meetings are narrowed alike
-- takes: from, until, status, type, text, ends_after, ends_by
--   text: part of the attendee's name or address, in any letter case. ends_after, ends_by: what is not over, what is
m.start_time >= {{from}}::timestamptz AND m.start_time < {{until}}::timestamptz
   AND ({{status}}::varchar IS NULL OR m.status = {{status}})
   AND ({{type}}::integer IS NULL OR m.meeting_type_id = {{type}})
   AND ({{text}}::text IS NULL OR position(lower({{text}}) IN lower(m.attendee_name)) > 0
        OR position(lower({{text}}) IN lower(m.attendee_email)) > 0)
   AND ({{ends_after}}::timestamptz IS NULL OR m.end_time > {{ends_after}})
   AND ({{ends_by}}::timestamptz IS NULL OR m.end_time <= {{ends_by}})
