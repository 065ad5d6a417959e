-- why: the next mail to send; whoever else looks passes it over until our transaction ends. What a clock that jumped
--      back left beyond any wait is due too. One person's mails about one meeting and its moves keep their order
-- index: outbox_waiting; scheduled_meetings_pkey, scheduled_meetings_chain, outbox_effect
-- returns: the row, locked; no row when nothing is due or all that is due is being sent
SELECT o.id, o.kind, o.meeting_id, o.recipient, o.payload, o.attempts, o.due_at
  FROM outbox o
 WHERE o.status = 'waiting'
   AND (o.available_at <= $1::timestamptz OR o.available_at > $2::timestamptz)
   AND NOT EXISTS (
     SELECT FROM scheduled_meetings m
       JOIN scheduled_meetings chained ON chained.chain_id = m.chain_id
       JOIN outbox earlier ON earlier.meeting_id = chained.id
      WHERE m.id = o.meeting_id
        AND earlier.status = 'waiting' AND earlier.id < o.id AND earlier.recipient IS NOT DISTINCT FROM o.recipient)
 ORDER BY o.available_at, o.id
 LIMIT 1
   FOR UPDATE OF o SKIP LOCKED
