-- why: a contact's page shows what is planned, and the last few that were; the old half of a move is no meeting of its own
-- index: scheduled_meetings_contact
-- returns: id, type's name, host, start, end, status; what is planned first, by start, then what was, latest first
WITH known AS (
  SELECT m.id, t.name, m.host_user_id, m.start_time, m.end_time, m.status,
         m.end_time > $3::timestamptz AND m.status IN ('scheduled', 'pending') AS is_ahead
    FROM scheduled_meetings m
    JOIN meeting_types t ON t.id = m.meeting_type_id
   WHERE m.contact_id = $1
     AND ($2::integer IS NULL OR m.host_user_id = $2
          OR EXISTS (SELECT FROM meeting_hosts h WHERE h.meeting_id = m.id AND h.user_id = $2))
     AND m.status <> 'rescheduled'
),
placed AS (
  SELECT id, name, host_user_id, start_time, end_time, status, is_ahead,
         row_number() OVER (PARTITION BY is_ahead
                            ORDER BY CASE WHEN is_ahead THEN start_time END, start_time DESC, id) AS place
    FROM known
)
SELECT id, name, host_user_id, start_time, end_time, status
  FROM placed
 WHERE place <= CASE WHEN is_ahead THEN $4::integer ELSE $5::integer END
 ORDER BY is_ahead DESC, place
