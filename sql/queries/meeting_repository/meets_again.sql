-- why: who has booked again needs no mail that offers it
-- index: scheduled_meetings_pkey, scheduled_meetings_attendee
-- returns: one row: whether the attendee of that meeting has one ahead
SELECT EXISTS (SELECT FROM scheduled_meetings m
                 JOIN scheduled_meetings again ON again.attendee_key = m.attendee_key
                WHERE m.id = $1 AND again.status IN ('scheduled', 'pending') AND again.end_time > $2::timestamptz)
