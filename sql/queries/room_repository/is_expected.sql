-- why: a mail that leaves a moment later has the link of the room in it
-- index: outbox_effect, scheduled_meetings_pkey, connected_calendars_writer
-- returns: whether something still waits that will bring the meeting its room
SELECT EXISTS (
  SELECT FROM outbox o
    JOIN scheduled_meetings m ON m.id = o.meeting_id
    LEFT JOIN connected_calendars l ON l.user_id = m.host_user_id AND l.writes_meetings
    LEFT JOIN calendar_connections c ON c.id = l.calendar_connection_id AND c.is_active
   WHERE o.meeting_id = $1 AND o.status = 'waiting'
     AND ((o.kind = 'room_write' AND m.location_kind = 'zoom')
          OR (o.kind = 'calendar_write'
              AND (m.location_kind::text, c.provider) IN (('google_meet', 'google'), ('teams', 'outlook')))))
