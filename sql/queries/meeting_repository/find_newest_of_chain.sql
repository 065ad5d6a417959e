-- why: after the chain's token row is locked, its newest meeting as everybody committed it
-- index: scheduled_meetings_chain
-- returns: meeting columns, or no row
SELECT {{columns scheduled_meetings m}}
  FROM scheduled_meetings m
 WHERE m.chain_id = $1
 ORDER BY m.id DESC
 LIMIT 1
   FOR UPDATE
