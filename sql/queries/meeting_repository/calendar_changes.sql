-- why: what changed in hosts' calendars since the versions that memory holds, as of one moment; ask under the hosts'
--      locks to book. OFFSET 0 keeps the look-ups by id, as in booked_between
-- index: host_versions_pkey, meeting_hosts_pkey, scheduled_meetings_pkey, external_busy_pkey,
--        calendar_connections_user, connected_calendars_calendar_connection_id_provider_calenda_key
-- returns: per host, and per change if there are any (some of them twice), in any order: user_id, calendar_version,
--          page_version, the database in which they count, whether the changes are all of them, how well what blocks the host is
--          known (as calendar_readings), the change as in host_versions.recent or NULL; then of a meeting that occupies time or counts type id, start, end, buffers,
--          status; then of an event that blocks start, end
SELECT host.user_id, COALESCE(known.calendar_version, 0), COALESCE(known.page_version, 0), host.epoch,
       COALESCE(news.is_complete, false), COALESCE(reading.has_broken, false), reading.last_of_all, change.id,
       meeting.meeting_type_id, meeting.start_time, meeting.end_time, meeting.buffer_before_minutes,
       meeting.buffer_after_minutes, meeting.status, event.start_time, event.end_time
  FROM (SELECT asked.user_id, asked.held, database_epoch() AS epoch
          FROM unnest($1::integer[], $2::bigint[]) AS asked(user_id, held)) AS host
  LEFT JOIN host_versions known ON known.user_id = host.user_id
  LEFT JOIN LATERAL (SELECT bool_or(NOT c.is_active OR c.last_sync_at IS NULL) AS has_broken,
                            min(c.last_sync_at) AS last_of_all
                       FROM calendar_connections c
                      WHERE c.user_id = host.user_id
                        AND EXISTS (SELECT FROM connected_calendars l
                                     WHERE l.calendar_connection_id = c.id AND l.checks_conflicts)) AS reading ON true
  LEFT JOIN LATERAL (SELECT behind.recent, cardinality(behind.recent) = known.calendar_version - host.held
                                           AND NOT 0 = ANY (behind.recent) AS is_complete
                       FROM (SELECT known.recent[1:(known.calendar_version - host.held)::integer] AS recent
                              WHERE known.calendar_version - host.held BETWEEN 0 AND 32
                                AND known.recent_of = known.calendar_version) AS behind) AS news ON true
  LEFT JOIN LATERAL unnest(news.recent) AS change(id) ON news.is_complete
  LEFT JOIN LATERAL (SELECT s.meeting_type_id, h.start_time, h.end_time, s.buffer_before_minutes,
                            s.buffer_after_minutes, s.status
                       FROM meeting_hosts h JOIN scheduled_meetings s ON s.id = h.meeting_id
                      WHERE h.meeting_id = CASE WHEN change.id > 0 THEN change.id::integer END
                        AND h.user_id = host.user_id AND s.status IN ('scheduled', 'pending', 'completed', 'no_show')
                     OFFSET 0) AS meeting ON true
  LEFT JOIN LATERAL (SELECT e.start_time, e.end_time
                       FROM (SELECT user_id, start_time, end_time
                               FROM external_busy
                              WHERE id = CASE WHEN change.id < 0 THEN -change.id END
                             OFFSET 0) AS e
                      WHERE e.user_id = host.user_id) AS event ON true
