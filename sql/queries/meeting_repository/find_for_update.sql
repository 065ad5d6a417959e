-- why: two changes of one meeting take turns
-- index: scheduled_meetings_pkey
-- returns: meeting columns, or no row
SELECT {{columns scheduled_meetings m}}
  FROM scheduled_meetings m
 WHERE m.id = $1
   FOR UPDATE
