-- why: a contact's page shows what is planned, and the last few that were; the old half of a move is no meeting of its own
-- index: scheduled_meetings_contact
-- returns: id, type's name, host, start, end, status; what is planned first, by start, then what was, latest first
WITH known AS (
  SELECT m.id, t.name, m.host_user_id, m.start_time, m.end_time, m.status,
         m.end_time > $3::timestamptz AND m.status IN ('scheduled', 'pending') AS is_ahead
    FROM scheduled_meetings m
    JOIN meeting_types t ON t.id = m.meeting_type_id
   WHERE m.contact_id = $1
     AND ($2::integer IS NULL OR m.host_user_id = $2)
     AND m.status <> 'rescheduled'
),
ahead AS (
  SELECT * FROM known WHERE is_ahead ORDER BY start_time, id LIMIT $4
),
past AS (
  SELECT * FROM known WHERE NOT is_ahead ORDER BY start_time DESC, id DESC LIMIT $5
)
SELECT id, name, host_user_id, start_time, end_time, status FROM (
  SELECT *, extract(epoch FROM start_time) AS place FROM ahead
  UNION ALL
  SELECT *, -extract(epoch FROM start_time) AS place FROM past
) shown
 ORDER BY is_ahead DESC, place, id
