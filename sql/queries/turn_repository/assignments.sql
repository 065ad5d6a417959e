-- why: who got these meetings, by which rule, and who was considered: the last word of the journal about each
-- index: scheduling_audit_meeting
-- returns: meeting_id, reason, strategy (NULL: personal), who was considered or NULL, when
SELECT DISTINCT ON (entry.meeting_id) entry.meeting_id, entry.assignment_reason, entry.assignment_strategy,
       entry.assignment_considered, entry.created_at
  FROM scheduling_audit entry
 WHERE entry.meeting_id = ANY ($1::integer[]) AND entry.assignment_reason IS NOT NULL
 ORDER BY entry.meeting_id, entry.id DESC
