-- why: events with the UID of one of a host's meetings are ours, even when nobody noted yet that they were written
-- index: scheduled_meetings_uid, scheduled_meetings_chain, meeting_hosts_pkey
-- returns: those of the UIDs that are
SELECT first.ical_uid
  FROM scheduled_meetings first
 WHERE first.rescheduled_from_id IS NULL AND first.ical_uid IN (SELECT jsonb_array_elements_text($2::jsonb))
   AND EXISTS (SELECT FROM scheduled_meetings m JOIN meeting_hosts h ON h.meeting_id = m.id
                WHERE m.chain_id = first.id AND h.user_id = $1)
