-- why: all that one person booked. Who was written to at that address once is the same person after the address changed
-- index: scheduled_meetings_attendee, suggestions_meeting; rows of earlier versions are read one by one
-- returns: chain
SELECT m.chain_id FROM scheduled_meetings m WHERE m.attendee_key = $1
UNION
SELECT m.chain_id FROM scheduled_meetings m
 WHERE m.attendee_key IS NULL AND lower(m.attendee_email) IN ($1, lower($2))
UNION
SELECT m.chain_id
  FROM outbox o JOIN scheduled_meetings m ON m.id = o.meeting_id
 WHERE o.payload->>'role' = 'attendee' AND lower(o.recipient) IN ($1, lower($2))
 ORDER BY 1
