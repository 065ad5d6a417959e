-- why: how many open meetings an address has, and whether one of its meetings was ever confirmed
-- index: scheduled_meetings_attendee
-- returns: one row: open meetings, counted up to $3; whether the address is known
SELECT (SELECT count(*)
          FROM (SELECT FROM scheduled_meetings
                 WHERE attendee_key = $1 AND status IN ('scheduled', 'pending') AND end_time > $2::timestamptz
                 LIMIT $3) AS open),
       EXISTS (SELECT FROM scheduled_meetings
                WHERE attendee_key = $1 AND status IN ('scheduled', 'completed', 'no_show'))
