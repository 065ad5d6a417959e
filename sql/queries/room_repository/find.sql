-- why: what was made or wished for a chain of moves; the outbox keeps their order, so nobody else writes it meanwhile
-- index: meeting_rooms_pkey
-- returns: the room, or no row
SELECT chain_id, user_id, calendar_connection_id, stage, room_id, join_url, start_time, end_time, topic_hash, wished_at
  FROM meeting_rooms
 WHERE chain_id = $1
