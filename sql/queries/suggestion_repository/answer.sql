-- why: an answer is noted with who gave it; the audit does not repeat what was said, which is somebody's own
-- index: suggestions_pkey
-- returns: nothing
WITH answered AS (
  UPDATE suggestions SET status = $2::varchar, answered_at = $3::timestamptz, answered_by_user_id = $4::integer
   WHERE id = $1
  RETURNING id, kind, contact_id, meeting_id, split_part(field, '#', 1) AS field
)
{{audit_rows | from: answered | meeting: answered.meeting_id | action: concat('suggestion_', $2::varchar) | actor: 'user'
             | user: $4::integer | request: $5
             | details: jsonb_build_object('suggestion_id', answered.id::text, 'kind', answered.kind, 'field', answered.field, 'contact_id', answered.contact_id::text)
             | assigned: NULL | reason: NULL | strategy: NULL | considered: NULL | now: $3::timestamptz}}
