-- why: an address that a mail server refused for good is told to the rep with the meeting; the newest of a chain says it
--      too, since that is the one the rep looks at
-- index: scheduled_meetings_pkey, scheduled_meetings_chain
-- returns: nothing
UPDATE scheduled_meetings
   SET mail_failures = COALESCE(mail_failures, '[]'::jsonb) || jsonb_build_array(
         jsonb_build_object('recipient', $2::text, 'kind', $3::text, 'reply', $4::text,
                            'at', to_char($5::timestamptz, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
 WHERE id = (SELECT max(newest.id)
               FROM scheduled_meetings m JOIN scheduled_meetings newest ON newest.chain_id = m.chain_id
              WHERE m.id = $1)
   AND COALESCE(jsonb_array_length(mail_failures), 0) < 50
