-- why: entries on contacts' timelines are written anew without the person
-- index: scheduled_meetings_chain
-- returns: meeting columns, by id
SELECT {{columns scheduled_meetings m}}
  FROM scheduled_meetings m
 WHERE m.chain_id = ANY ($1::integer[])
 ORDER BY m.id
   FOR UPDATE
