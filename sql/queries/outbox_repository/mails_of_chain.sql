-- why: what a mail has to tell depends on what its reader was told about the meeting and its moves before, and on how
--      the meeting stands now
-- index: scheduled_meetings_pkey, scheduled_meetings_chain, outbox_effect
-- returns: the chain's mails by id, each with its meeting's start, and with id, status and SEQUENCE of the chain's newest
WITH newest AS (
  SELECT m.chain_id, n.id, n.status, n.ical_sequence
    FROM scheduled_meetings m
    JOIN LATERAL (SELECT id, status, ical_sequence FROM scheduled_meetings
                   WHERE chain_id = m.chain_id ORDER BY id DESC LIMIT 1) n ON true
   WHERE m.id = $1
)
SELECT o.id, o.kind, o.recipient, o.payload, o.meeting_id, chained.start_time, o.status,
       o.may_have_left_at IS NOT NULL, newest.id, newest.status, newest.ical_sequence
  FROM newest
  JOIN scheduled_meetings chained ON chained.chain_id = newest.chain_id
  JOIN outbox o ON o.meeting_id = chained.id
 WHERE o.kind = ANY ($2::varchar[])
 ORDER BY o.id
