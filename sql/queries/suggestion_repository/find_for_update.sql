-- why: two people may answer one suggestion at the same time; the second finds it answered
-- index: suggestions_pkey
-- returns: the suggestion, or no row
SELECT {{columns suggestions s}}
  FROM suggestions s
 WHERE s.id = $1
   FOR UPDATE
