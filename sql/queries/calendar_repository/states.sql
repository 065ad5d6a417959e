-- why: whether meetings stand in their first host's calendar, and what the attendee said there
-- index: scheduled_meetings_pkey, outbox_effect, meeting_calendar_events_pkey, unchecked_meetings_pkey
-- returns: id, state, the last refusal, the attendee's response, what became of the host's own move, the rule it
--          broke, whether nobody could check the calendar; by no order
SELECT m.id,
       CASE WHEN last.status = 'waiting' THEN 'pending' WHEN last.status = 'dead' THEN 'failed'
            WHEN e.is_live AND e.meeting_id = m.id THEN 'written' ELSE 'none' END,
       CASE WHEN last.status IN ('waiting', 'dead') THEN last.last_error END,
       CASE WHEN e.meeting_id = m.id THEN e.attendee_response ELSE 'none' END,
       CASE WHEN e.meeting_id = m.id THEN e.host_move END, CASE WHEN e.meeting_id = m.id THEN e.host_move_rule END,
       EXISTS (SELECT FROM unchecked_meetings u WHERE u.meeting_id = m.id)
  FROM scheduled_meetings m
  LEFT JOIN meeting_calendar_events e ON e.chain_id = m.chain_id AND e.user_id = m.host_user_id
  LEFT JOIN LATERAL (SELECT o.status, o.last_error FROM outbox o
                      WHERE o.meeting_id = m.id AND o.kind = 'calendar_write'
                        AND o.payload ->> 'user_id' = m.host_user_id::text
                      ORDER BY o.id DESC LIMIT 1) AS last ON true
 WHERE m.id IN (SELECT value::integer FROM jsonb_array_elements_text($1::jsonb))
