-- why: the next message of one kind to hand over; whoever else looks passes it over until our transaction ends. What a
--      clock that jumped back left beyond any wait is due too. One person's messages about one meeting and its moves
--      keep their order, also behind one that a limit holds back. Rows whose kind this version does not know are not seen, neither as next nor as earlier.
--      OFFSET 0 keeps the inner query one that runs for each candidate: as a join it reads every meeting there is
-- index: outbox_waiting; scheduled_meetings_pkey, scheduled_meetings_chain, outbox_effect
-- returns: the row, locked, and what its meeting is made of, so that those can be asked for ahead; no row when nothing is due or all that is due is being handed over
WITH next AS (
  SELECT o.id, o.kind, o.meeting_id, o.recipient, o.payload, o.attempts, o.may_have_left_at IS NOT NULL AS may_have_left
    FROM outbox o
   WHERE o.status = 'waiting' AND o.kind = ANY ($3::varchar[])
     AND (o.available_at <= $1::timestamptz OR o.available_at > $2::timestamptz)
     AND NOT EXISTS (
       SELECT FROM scheduled_meetings m
         JOIN scheduled_meetings chained ON chained.chain_id = m.chain_id
         JOIN outbox earlier ON earlier.meeting_id = chained.id
        WHERE m.id = o.meeting_id
          AND earlier.status IN ('waiting', 'held') AND earlier.kind = ANY ($3::varchar[])
          AND earlier.id < o.id AND lower(earlier.recipient) IS NOT DISTINCT FROM lower(o.recipient)
        OFFSET 0)
   ORDER BY o.available_at, o.id
   LIMIT 1
     FOR UPDATE OF o SKIP LOCKED
)
SELECT next.id, next.kind, next.meeting_id, next.recipient, next.payload, next.attempts, next.may_have_left,
       meeting.host_user_id, meeting.meeting_type_id, type.scheduling_page_id, meeting.chain_id
  FROM next
  LEFT JOIN scheduled_meetings meeting ON meeting.id = next.meeting_id
  LEFT JOIN meeting_types type ON type.id = meeting.meeting_type_id
