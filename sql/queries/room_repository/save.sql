-- why: how a room stands now
-- index: meeting_rooms_pkey
-- returns: nothing
INSERT INTO meeting_rooms (chain_id, user_id, calendar_connection_id, stage, room_id, join_url, start_time, end_time,
                           topic_hash, wished_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (chain_id) DO UPDATE
   SET user_id = excluded.user_id, calendar_connection_id = excluded.calendar_connection_id, stage = excluded.stage,
       room_id = excluded.room_id, join_url = excluded.join_url, start_time = excluded.start_time,
       end_time = excluded.end_time, topic_hash = excluded.topic_hash, wished_at = excluded.wished_at
