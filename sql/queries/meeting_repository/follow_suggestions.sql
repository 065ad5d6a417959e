-- why: after a merge of contacts what was suggested for the one that is gone is suggested for the one that stays; what
--      is open there already stays once
-- index: suggestions_open
-- returns: nothing
WITH kept AS (
  UPDATE suggestions s SET contact_id = $2
   WHERE s.contact_id = $1
     AND (s.status <> 'open'
          OR NOT EXISTS (SELECT FROM suggestions same
                          WHERE same.contact_id = $2 AND same.kind = s.kind AND same.field = s.field
                            AND md5(same.proposed) = md5(s.proposed) AND same.status = 'open'))
)
DELETE FROM suggestions s
 USING suggestions same
 WHERE s.contact_id = $1 AND s.status = 'open'
   AND same.contact_id = $2 AND same.kind = s.kind AND same.field = s.field AND md5(same.proposed) = md5(s.proposed)
   AND same.status = 'open'
