-- why: what forms and changed records suggest, the latest first. A meeting that was moved keeps what was suggested for it
-- index: suggestions_pkey, suggestions_by_contact, suggestions_meeting
-- returns: suggestions
SELECT {{columns suggestions s}}
  FROM suggestions s
 WHERE ($1::varchar IS NULL OR s.status = $1)
   AND ($2::integer IS NULL OR s.contact_id = $2)
   AND ($3::integer IS NULL OR s.meeting_id IN (SELECT c.id FROM scheduled_meetings m
                                                  JOIN scheduled_meetings c ON c.chain_id = m.chain_id
                                                 WHERE m.id = $3))
   AND s.id < $4
 ORDER BY s.id DESC
 LIMIT $5
