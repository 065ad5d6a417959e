-- why: a request becomes a booking when its host says yes, to it or to what it was moved to
-- takes: meeting
--   meeting: alias of the row whose chain is asked about
(({{meeting}}.request_outcome IS NULL AND {{meeting}}.status <> 'pending')
    OR EXISTS (SELECT FROM scheduled_meetings later
                WHERE later.chain_id = {{meeting}}.chain_id
                  AND (later.request_outcome = 'confirmed'
                       OR (later.request_outcome IS NULL AND later.status <> 'pending'))))
